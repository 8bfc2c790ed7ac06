package dev.unmask.app.images;

import dev.unmask.app.controls.Field;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What images are to be made, and how, as it is being chosen. */
public final class ImagesChoice {
  private final StringProperty model = new SimpleStringProperty();
  private final ObjectProperty<ImageSamplerKind> sampler = new SimpleObjectProperty<>();
  private final IntegerProperty label = new SimpleIntegerProperty(-1);
  private final Field images =
      new Field(new Setting.Whole("images", 16, 1, 64, "How many are made together"));
  private final Field guidance =
      new Field(
          new Setting.Real(
              "guidance", 0.0, 0, 20, "How much more of its class; 0 asks the model once a step"));
  private final Field seed =
      new Field(
          new Setting.Whole("seed", 1, 0, Integer.MAX_VALUE, "Another seed gives other images"));
  private final ObservableList<Field> fields = FXCollections.observableArrayList();

  /** With DDIM, and a model. */
  ImagesChoice(String first) {
    sampler.subscribe(this::describe);
    sampler.set(ImageSamplers.named("ddim"));
    model.set(first);
  }

  /** What was changed in the fields of the last sampler stays if it fits. */
  private void describe(ImageSamplerKind kind) {
    if (kind == null) {
      return;
    }
    Map<String, String> changed = new LinkedHashMap<>();
    fields.stream()
        .filter(Field::changed)
        .forEach(field -> changed.put(field.name(), field.textProperty().get()));
    List<Field> described = kind.settings().stream().map(Field::new).toList();
    described.forEach(field -> field.offer(changed.get(field.name())));
    fields.setAll(described);
  }

  /**
   * Takes over what a run was made with last, as far as that is known here.
   *
   * @param models that can be chosen
   */
  void takeOver(TraceHeader header, List<String> models) {
    Optional<Segment> last = header.segmentAt(Integer.MAX_VALUE);
    Optional<ImageSamplerKind> kind =
        last.flatMap(
            segment ->
                ImageSamplers.ALL.stream()
                    .filter(known -> known.name().equals(segment.sampler()))
                    .findFirst());
    if (kind.isEmpty()) {
      return;
    }
    if (models.contains(header.model().name())) {
      model.set(header.model().name());
    }
    sampler.set(kind.get());
    Map<String, String> settings = last.get().written();
    Stream.concat(Stream.of(guidance), fields.stream())
        .filter(field -> settings.containsKey(field.name()))
        .forEach(field -> field.textProperty().set(settings.get(field.name())));
    images.textProperty().set(Integer.toString(header.images().shape().images()));
    seed.textProperty().set(Long.toString(header.seedAt(Integer.MAX_VALUE)));
  }

  /**
   * All that was chosen, for any thread.
   *
   * @param label −1 for any
   */
  record Chosen(
      String model,
      ImageSamplerKind sampler,
      Map<String, String> settings,
      int label,
      int images,
      double guidance,
      long seed) {
    /** What tells its run from others, for the name of its file. */
    String words() {
      return "%s %s %d".formatted(model, sampler.name(), seed);
    }

    /** How the run goes on a model with so many classes: without any, nothing can be pushed. */
    RunPlan<ImageSamplerKind> plan(int classes) {
      Map<String, String> all = new LinkedHashMap<>(settings);
      all.put(ImageRun.GUIDANCE.name(), Double.toString(classes == 0 ? 0 : guidance));
      return new RunPlan<>(sampler, all, seed);
    }

    /**
     * Where it starts.
     *
     * @param classes of the model; their number stands for none
     * @param given empty for pure noise
     */
    Start.Images start(int classes, Optional<Start.Given> given) {
      int asked = label < 0 || label >= classes ? classes : label;
      return new Start.Images(Collections.nCopies(images, asked), given);
    }

    /** The process whose noise is taken away. */
    ProcessKind process() {
      return sampler.process(settings);
    }
  }

  /** What is chosen; empty while something typed is wrong. */
  Optional<Chosen> chosen() {
    boolean right =
        Stream.concat(Stream.of(images, guidance, seed), fields.stream())
            .allMatch(field -> field.errorProperty().get().isEmpty());
    if (!right) {
      return Optional.empty();
    }
    Map<String, String> settings = new LinkedHashMap<>();
    fields.forEach(field -> settings.put(field.name(), typed(field)));
    return Optional.of(
        new Chosen(
            model.get(),
            sampler.get(),
            settings,
            label.get(),
            Integer.parseInt(typed(images)),
            Double.parseDouble(typed(guidance)),
            Long.parseLong(typed(seed))));
  }

  private static String typed(Field field) {
    return field.textProperty().get().strip();
  }

  /** Takes the next seed. */
  void newSeed() {
    if (seed.errorProperty().get().isEmpty()) {
      seed.textProperty().set(Long.toString(Long.parseLong(typed(seed)) + 1));
    }
  }

  /** A bundled image model's name, or a folder. */
  public StringProperty modelProperty() {
    return model;
  }

  /** How the images are made. */
  ObjectProperty<ImageSamplerKind> samplerProperty() {
    return sampler;
  }

  /** The class that all images are to be of, −1 for any. */
  IntegerProperty labelProperty() {
    return label;
  }

  /** N. */
  Field images() {
    return images;
  }

  /** w. */
  Field guidance() {
    return guidance;
  }

  /** What the noise is drawn with. */
  Field seed() {
    return seed;
  }

  /** The chosen sampler's settings. */
  ObservableList<Field> fields() {
    return fields;
  }
}
