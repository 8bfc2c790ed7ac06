package dev.unmask.app.playground;

import dev.unmask.app.controls.Field;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.playground.ParticlePlan;
import dev.unmask.engine.playground.ParticleWay;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is to become of particles in the plane, as it is being chosen. */
public final class PlaygroundChoice {
  /** The samplers that begin with noise. */
  static final List<ImageSamplerKind> SAMPLERS =
      ImageSamplers.ALL.stream()
          .filter(kind -> kind.beginning() == ImageSamplerKind.Beginning.NOISE)
          .toList();

  /** The processes whose noise has a meaning in the plane. */
  static final List<ProcessKind> PROCESSES =
      Arrays.stream(ProcessKind.values()).filter(kind -> kind.gaussian().isPresent()).toList();

  private final ObjectProperty<PlaneData> data = new SimpleObjectProperty<>(PlaneData.SWISS_ROLL);
  private final ObjectProperty<Direction> direction = new SimpleObjectProperty<>(Direction.TO_DATA);
  private final ObjectProperty<ProcessKind> process =
      new SimpleObjectProperty<>(ProcessKind.VP_LINEAR);
  private final ObjectProperty<ImageSamplerKind> sampler =
      new SimpleObjectProperty<>(ImageSamplers.named("ddim"));
  private final ObservableList<Field> settings = FXCollections.observableArrayList();
  private final Field steps =
      new Field(new Setting.Whole("steps", 50, 1, 1000, "Into how many steps t is divided"));
  private final Field particles =
      new Field(new Setting.Whole("particles", 300, 1, 2000, "How many there are"));
  private final Field seed =
      new Field(
          new Setting.Whole("seed", 1, 0, Integer.MAX_VALUE, "Another seed draws them elsewhere"));

  /** DDIM on a swiss roll. */
  public PlaygroundChoice() {
    sampler.subscribe(this::describe);
  }

  /** Which way the particles go. */
  enum Direction {
    /** As a sampler takes them. */
    TO_DATA("noise to data"),
    /** As noise takes them. */
    TO_NOISE("data to noise");

    private final String words;

    Direction(String words) {
      this.words = words;
    }

    /** For people. */
    String words() {
      return words;
    }
  }

  /** Makes the fields of a sampler; of its noises, places can have the Gaussian one alone. */
  private void describe(ImageSamplerKind kind) {
    settings.setAll(kind.settings().stream().map(Field::new).toList());
    settings.stream()
        .filter(field -> field.name().equals("noise"))
        .forEach(field -> field.offer("gaussian"));
  }

  /** What is chosen; empty while something typed is wrong. */
  Optional<ParticlePlan> plan() {
    Stream<Field> own = direction.get() == Direction.TO_DATA ? settings.stream() : Stream.of(steps);
    boolean right =
        Stream.concat(own, Stream.of(particles, seed))
            .allMatch(field -> field.errorProperty().get().isEmpty());
    return right
        ? Optional.of(new ParticlePlan(data.get(), way(), number(particles), number(seed)))
        : Optional.empty();
  }

  private ParticleWay way() {
    if (direction.get() == Direction.TO_NOISE) {
      return new ParticleWay.Noising(process.get(), number(steps));
    }
    Map<String, String> given = new LinkedHashMap<>();
    settings.forEach(field -> given.put(field.name(), field.textProperty().get().strip()));
    return new ParticleWay.Sampling(sampler.get(), given);
  }

  private static int number(Field field) {
    return Integer.parseInt(field.textProperty().get().strip());
  }

  /** Draws other particles. */
  void newSeed() {
    seed.offer(Integer.toString(seed.errorProperty().get().isEmpty() ? number(seed) + 1 : 1));
  }

  /** Where the particles are if there is no noise. */
  ObjectProperty<PlaneData> dataProperty() {
    return data;
  }

  /** Which way they go. */
  ObjectProperty<Direction> directionProperty() {
    return direction;
  }

  /** How the noise grows, to noise. */
  ObjectProperty<ProcessKind> processProperty() {
    return process;
  }

  /** K, to noise. */
  Field steps() {
    return steps;
  }

  /** What brings them to data. */
  ObjectProperty<ImageSamplerKind> samplerProperty() {
    return sampler;
  }

  /** The sampler's settings. */
  ObservableList<Field> settings() {
    return settings;
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
