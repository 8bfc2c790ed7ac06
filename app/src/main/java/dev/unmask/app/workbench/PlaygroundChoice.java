package dev.unmask.app.workbench;

import dev.unmask.engine.playground.ParticlePlan;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.playground.PlaneProcess;
import dev.unmask.engine.sampler.Setting;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What is to become of particles in the plane, as it is being chosen. */
final class PlaygroundChoice {
  private final ObjectProperty<PlaneData> data = new SimpleObjectProperty<>(PlaneData.SWISS_ROLL);
  private final ObjectProperty<PlaneProcess> process =
      new SimpleObjectProperty<>(PlaneProcess.VP_LINEAR);
  private final Field steps =
      new Field(new Setting.Whole("steps", 50, 1, 200, "Points of the paths."));
  private final Field particles =
      new Field(new Setting.Whole("particles", 300, 1, 2000, "How many there are."));
  private final Field seed =
      new Field(
          new Setting.Whole("seed", 1, 0, Integer.MAX_VALUE, "Another seed moves them elsewhere."));

  /** What is chosen; empty while something typed is wrong. */
  Optional<ParticlePlan> plan() {
    boolean right =
        List.of(steps, particles, seed).stream()
            .allMatch(field -> field.errorProperty().get().isEmpty());
    return right
        ? Optional.of(
            new ParticlePlan(
                data.get(), process.get(), number(particles), number(steps), number(seed)))
        : Optional.empty();
  }

  private static int number(Field field) {
    return Integer.parseInt(field.textProperty().get().strip());
  }

  /** Draws other particles. */
  void newSeed() {
    seed.textProperty().set(Integer.toString(number(seed) + 1));
  }

  /** Where the particles are before there is noise. */
  ObjectProperty<PlaneData> dataProperty() {
    return data;
  }

  /** How the noise grows. */
  ObjectProperty<PlaneProcess> processProperty() {
    return process;
  }

  /** K. */
  Field steps() {
    return steps;
  }

  /** N. */
  Field particles() {
    return particles;
  }

  /** What the particles are drawn with. */
  Field seed() {
    return seed;
  }
}
