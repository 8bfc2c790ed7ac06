package dev.unmask.app.playground;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.playground.Mixture;
import dev.unmask.engine.playground.ParticlePlan;
import dev.unmask.engine.playground.ParticlePoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Particles on their paths, and the distribution that belongs to each point of them.
 *
 * @param points of the paths, at least 2
 * @param fields by the noise of the points, of those that were computed
 */
public record Scene(
    ParticlePlan plan, List<ParticlePoint> points, Map<Corruption.Gaussian, PlaneField> fields) {
  /** With no field computed yet. */
  public static Scene of(ParticlePlan plan) {
    return new Scene(plan, plan.points(), Map.of());
  }

  /** With one field more: of the point that is nearest to one, of those that lack theirs. */
  public Scene grown(int near) {
    int next =
        lacking()
            .reduce((best, p) -> Math.abs(p - near) < Math.abs(best - near) ? p : best)
            .orElseThrow();
    Corruption.Gaussian noise = points.get(next).noise();
    Map<Corruption.Gaussian, PlaneField> more = new HashMap<>(fields);
    more.put(noise, PlaneField.of(data(), noise));
    return new Scene(plan, points, Map.copyOf(more));
  }

  /**
   * With the field of one point alone: what is painted of it then stays the same while others are
   * computed.
   */
  public Scene at(int point) {
    Corruption.Gaussian noise = points.get(point).noise();
    return new Scene(
        plan, points, field(point).map(field -> Map.of(noise, field)).orElse(Map.of()));
  }

  /** The same, with the field computed if it was not. */
  public Scene whole(int point) {
    Corruption.Gaussian noise = points.get(point).noise();
    PlaneField field = field(point).orElseGet(() -> PlaneField.of(data(), noise));
    return new Scene(plan, points, Map.of(noise, field));
  }

  private IntStream lacking() {
    return IntStream.range(0, points.size()).filter(point -> field(point).isEmpty());
  }

  /** The share of the points whose field is computed. */
  public double progress() {
    return 1 - lacking().count() / (double) points.size();
  }

  /** The field of a point, once it is computed. */
  Optional<PlaneField> field(int point) {
    return Optional.ofNullable(fields.get(points.get(point).noise()));
  }

  /** K: the last point. */
  public int steps() {
    return points.size() - 1;
  }

  /** The point whose t is nearest, the last of those that are equally near. */
  public int nearest(double time) {
    return IntStream.rangeClosed(0, steps())
        .reduce(0, (best, point) -> distance(point, time) <= distance(best, time) ? point : best);
  }

  private double distance(int point, double time) {
    return Math.abs(points.get(point).time() - time);
  }

  Mixture data() {
    return plan.data().mixture();
  }
}
