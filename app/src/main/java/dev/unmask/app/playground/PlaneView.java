package dev.unmask.app.playground;

import dev.unmask.engine.playground.ParticlePoint;
import dev.unmask.engine.playground.Reading;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Particles at a point of their paths, and how they are looked at.
 *
 * @param point of the paths, 0 to K
 * @param selection a particle, −1 for none
 */
public record PlaneView(Scene scene, int point, int selection, Set<Layer> layers) {
  /** How near a click must be to a particle, in pixels. */
  private static final double REACH = 14;

  /** Figures of the plane as they are shown, with a minus and no hyphen. */
  static String figures(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace('-', '−');
  }

  /** Where the particles are. */
  public ParticlePoint now() {
    return scene.points().get(point);
  }

  /** What is known of a place of the plane at t. */
  public Reading at(double x, double y) {
    return scene.data().at(x, y, now().noise());
  }

  /** Where the plane is in a picture. */
  public Projection in(double width, double height) {
    return Projection.of(Section.of(now().noise()), width, height);
  }

  /** The particle nearest to a place of a picture of that size, −1 if none is near. */
  public int particleAt(double x, double y, double width, double height) {
    Projection projection = in(width, height);
    int nearest = -1;
    double least = REACH;
    for (int particle = 0; particle < particles(); particle++) {
      double distance =
          StrictMath.hypot(projection.x(x(particle)) - x, projection.y(y(particle)) - y);
      if (distance < least) {
        least = distance;
        nearest = particle;
      }
    }
    return nearest;
  }

  /** N. */
  public int particles() {
    return now().particles();
  }

  boolean shows(Layer layer) {
    return layers.contains(layer);
  }

  Optional<PlaneField> field() {
    return scene.field(point);
  }

  /** Of a particle now. */
  public double x(int particle) {
    return now().x()[2 * particle];
  }

  /** Of a particle now. */
  public double y(int particle) {
    return now().x()[2 * particle + 1];
  }

  /** Of a particle's x̂0. */
  public double cleanX(int particle) {
    return now().clean()[2 * particle];
  }

  /** Of a particle's x̂0. */
  public double cleanY(int particle) {
    return now().clean()[2 * particle + 1];
  }
}
