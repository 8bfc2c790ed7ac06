package dev.unmask.app.tokens;

import dev.unmask.app.controls.Field;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.session.Pins;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * What is to be run next, as it is being typed. The sampler's fields are built from its description
 * of its settings.
 */
public final class RunViewModel {
  private static final int LONGEST = 65_536;

  private final List<String> models;
  private final Function<String, Optional<TrainedFor>> training;
  private final ObservableList<SamplerKind> samplers;
  private final IntSupplier seeds;
  private final StringProperty model = new SimpleStringProperty();
  private final StringProperty prompt = new SimpleStringProperty("");
  private final ObjectProperty<SamplerKind> sampler = new SimpleObjectProperty<>();
  private final Field length =
      new Field(
          new Setting.Whole("length", 64, 1, LONGEST, "Prompt and answer together, in tokens."));
  private final Field seed =
      new Field(
          new Setting.Whole("seed", 1, 0, Integer.MAX_VALUE, "Another seed gives another text."));
  private final ObservableList<Field> fields = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Typed> typed = new ReadOnlyObjectWrapper<>();
  private final BooleanProperty againOnSave = new SimpleBooleanProperty();
  private boolean filling;
  private Optional<TrainedFor> trainedFor = Optional.empty();

  /**
   * For these models and samplers, of which the first ones are chosen.
   *
   * @param training what a model of that name was trained for, as far as that is known
   * @param seeds where new seeds come from; not negative
   */
  public RunViewModel(
      List<String> models,
      Function<String, Optional<TrainedFor>> training,
      List<SamplerKind> samplers,
      IntSupplier seeds) {
    this.models = List.copyOf(models);
    this.training = training;
    this.samplers = FXCollections.observableArrayList(samplers);
    this.seeds = seeds;
    sampler.addListener((observed, before, now) -> describe(now));
    model.addListener((observed, before, now) -> suit(now));
    model.set(models.isEmpty() ? "" : models.getFirst());
    sampler.set(samplers.getFirst());
    Stream.of(model, prompt, length.textProperty(), seed.textProperty())
        .forEach(text -> text.addListener((observed, before, now) -> note()));
  }

  /**
   * All that the form holds, right or wrong.
   *
   * @param sampler by name
   * @param settings of the sampler, by name
   */
  public record Typed(
      String model,
      String prompt,
      String sampler,
      String length,
      String seed,
      Map<String, String> settings) {
    /** The name of the first field that differs; empty if none does. */
    String firstDifference(Typed other) {
      Map<String, String> mine = all();
      Map<String, String> theirs = other.all();
      return mine.keySet().stream()
          .filter(name -> !mine.get(name).equals(theirs.get(name)))
          .findFirst()
          .orElse("");
    }

    private Map<String, String> all() {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("sampler", sampler);
      all.put("model", model);
      all.put("prompt", prompt);
      all.put("length", length);
      all.put("seed", seed);
      settings.forEach((name, text) -> all.put("setting " + name, text));
      return all;
    }
  }

  /** A model that was trained for something else than the one before brings a sampler with it. */
  private void suit(String chosen) {
    Optional<TrainedFor> now = models.contains(chosen) ? training.apply(chosen) : Optional.empty();
    boolean differs = now.isPresent() && trainedFor.isPresent() && !now.equals(trainedFor);
    trainedFor = now.or(() -> trainedFor);
    if (differs && !filling) {
      choose(Samplers.usual(now.get()).name());
    }
  }

  /** Why a sampler cannot serve the model that is chosen, as far as that is known. */
  public Optional<String> misfit(SamplerKind kind) {
    return Samplers.family(kind)
        .flatMap(known -> trainedFor.flatMap(trained -> Samplers.misfit(kind, trained)));
  }

  private void choose(String name) {
    samplers.stream().filter(kind -> kind.name().equals(name)).findFirst().ifPresent(sampler::set);
  }

  private void note() {
    if (!filling) {
      Map<String, String> settings = new LinkedHashMap<>();
      fields.forEach(field -> settings.put(field.name(), field.textProperty().get()));
      typed.set(
          new Typed(
              model.get(),
              prompt.get(),
              sampler.get().name(),
              length.textProperty().get(),
              seed.textProperty().get(),
              settings));
    }
  }

  /** Makes the fields of a sampler; what was changed in those of the last one stays if it fits. */
  private void describe(SamplerKind kind) {
    Map<String, String> changed = new LinkedHashMap<>();
    fields.stream()
        .filter(Field::changed)
        .forEach(field -> changed.put(field.name(), field.textProperty().get()));
    List<Field> described = kind.settings().stream().map(Field::new).toList();
    described.forEach(field -> field.offer(changed.get(field.name())));
    fields.setAll(described);
    fields.forEach(field -> field.textProperty().addListener((observed, before, now) -> note()));
    BooleanExpression[] right =
        Stream.concat(Stream.of(length, seed), fields.stream())
            .map(field -> field.errorProperty().isEmpty())
            .toArray(BooleanExpression[]::new);
    valid.bind(
        Bindings.createBooleanBinding(
            () -> Stream.of(right).allMatch(BooleanExpression::get), right));
    note();
  }

  /**
   * Fills the form in. A setting that the sampler does not have is left out; one that is not given
   * has its default.
   */
  public void fill(RunRequest request) {
    fill(
        new Typed(
            request.model(),
            request.prompt(),
            request.sampler(),
            Integer.toString(request.length()),
            Long.toString(request.seed()),
            request.settings()));
  }

  /** Fills the form in, as one change. */
  void fill(Typed other) {
    filling = true;
    model.set(other.model());
    prompt.set(other.prompt());
    length.textProperty().set(other.length());
    seed.textProperty().set(other.seed());
    choose(other.sampler());
    for (Field field : fields) {
      String given = other.settings().get(field.name());
      field.textProperty().set(given == null ? field.fallback() : given);
    }
    filling = false;
    note();
  }

  /**
   * The names of the fields that say what none of these did; where the sampler is another, its own
   * fields go without saying.
   */
  List<String> differing(List<RunRequest> others) {
    List<String> names = new ArrayList<>();
    differs(names, "model", others, other -> model.get().equals(other.model()));
    differs(names, "sampler", others, other -> sampler.get().name().equals(other.sampler()));
    differs(names, "prompt", others, other -> prompt.get().equals(other.prompt()));
    differs(names, "length", others, other -> length.says(Integer.toString(other.length())));
    differs(names, "seed", others, other -> seed.says(Long.toString(other.seed())));
    List<RunRequest> alike =
        others.stream().filter(other -> other.sampler().equals(sampler.get().name())).toList();
    if (!alike.isEmpty()) {
      for (Field field : fields) {
        differs(
            names,
            field.name(),
            alike,
            other ->
                !other.settings().containsKey(field.name())
                    || field.says(other.settings().get(field.name())));
      }
    }
    return names;
  }

  private static void differs(
      List<String> names, String name, List<RunRequest> others, Predicate<RunRequest> says) {
    if (others.stream().noneMatch(says)) {
      names.add(name.replace('-', ' '));
    }
  }

  /** Puts something into the field of that name, if there is one. */
  public void put(String name, String text) {
    switch (name) {
      case "model" -> model.set(text);
      case "prompt" -> prompt.set(text);
      case "sampler" -> choose(text);
      default ->
          Stream.concat(Stream.of(length, seed), fields.stream())
              .filter(field -> field.name().equals(name))
              .forEach(field -> field.textProperty().set(text));
    }
  }

  /** What is asked for; only while the form is {@linkplain #validProperty valid}. */
  public RunRequest request() {
    Map<String, String> settings = new LinkedHashMap<>();
    fields.forEach(field -> settings.put(field.name(), field.textProperty().get().strip()));
    return new RunRequest(
        model.get(),
        prompt.get(),
        Integer.parseInt(length.textProperty().get().strip()),
        sampler.get().name(),
        settings,
        Long.parseLong(seed.textProperty().get().strip()));
  }

  /** Takes another seed. */
  public void newSeed() {
    seed.textProperty().set(Integer.toString(seeds.getAsInt()));
  }

  /** Gives the frame's selected token with the prompt, beside all that was given already. */
  void pin(Frame frame) {
    prompt.set(Pins.notation(frame));
  }

  /** How long the sequence is to be, as far as that is a number. */
  int tokens() {
    return length.errorProperty().get().isEmpty()
        ? Integer.parseInt(length.textProperty().get().strip())
        : 1;
  }

  /** How many steps are set, or one a token where that is left open. */
  int steps() {
    return fields.stream()
        .filter(field -> field.name().equals("steps") && field.errorProperty().get().isEmpty())
        .map(field -> Integer.parseInt(field.textProperty().get().strip()))
        .filter(steps -> steps > 0)
        .findFirst()
        .orElse(tokens());
  }

  /** Whether a sampler of one's own is run again whenever its file is saved. */
  public BooleanProperty againOnSaveProperty() {
    return againOnSave;
  }

  /** A bundled model's name, or a model folder. */
  public StringProperty modelProperty() {
    return model;
  }

  /** The bundled models. */
  public List<String> models() {
    return models;
  }

  /** What is given, with gaps: {@link dev.unmask.engine.run.Infill} says how. */
  public StringProperty promptProperty() {
    return prompt;
  }

  /** The sampler chosen. */
  public ObjectProperty<SamplerKind> samplerProperty() {
    return sampler;
  }

  /** All samplers that are offered. */
  public ObservableList<SamplerKind> samplers() {
    return samplers;
  }

  /** How long the sequence is to be. */
  public Field length() {
    return length;
  }

  /** The seed. */
  public Field seed() {
    return seed;
  }

  /** The chosen sampler's settings. */
  public ObservableList<Field> fields() {
    return fields;
  }

  /** Whether nothing is wrong with any field. */
  public ReadOnlyBooleanProperty validProperty() {
    return valid.getReadOnlyProperty();
  }

  /** All that the form holds. */
  ReadOnlyObjectProperty<Typed> typedProperty() {
    return typed.getReadOnlyProperty();
  }
}
