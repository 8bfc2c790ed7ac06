package dev.unmask.app.workbench;

import dev.unmask.engine.sampler.SamplerKind;
import dev.unmask.engine.sampler.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * What is to be run next, as it is being typed. The sampler's fields are built from its description
 * of its settings.
 */
public final class RunForm {
  private static final int LONGEST = 65_536;

  private final List<String> models;
  private final List<SamplerKind> samplers;
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

  /**
   * For these models and samplers, of which the first ones are chosen.
   *
   * @param seeds where new seeds come from; not negative
   */
  public RunForm(List<String> models, List<SamplerKind> samplers, IntSupplier seeds) {
    this.models = List.copyOf(models);
    this.samplers = List.copyOf(samplers);
    this.seeds = seeds;
    sampler.addListener((observed, before, now) -> describe(now));
    model.set(models.isEmpty() ? "" : models.getFirst());
    sampler.set(samplers.getFirst());
  }

  private void describe(SamplerKind kind) {
    fields.setAll(kind.settings().stream().map(Field::new).toList());
    BooleanExpression[] right =
        Stream.concat(Stream.of(length, seed), fields.stream())
            .map(field -> field.errorProperty().isEmpty())
            .toArray(BooleanExpression[]::new);
    valid.bind(
        Bindings.createBooleanBinding(
            () -> Stream.of(right).allMatch(BooleanExpression::get), right));
  }

  /** Fills the form in. A setting that the sampler does not have is left out. */
  public void fill(RunRequest request) {
    model.set(request.model());
    prompt.set(request.prompt());
    length.textProperty().set(Integer.toString(request.length()));
    seed.textProperty().set(Long.toString(request.seed()));
    samplers.stream()
        .filter(kind -> kind.name().equals(request.sampler()))
        .findFirst()
        .ifPresent(sampler::set);
    for (Field field : fields) {
      String given = request.settings().get(field.name());
      if (given != null) {
        field.textProperty().set(given);
      }
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

  /** A bundled model's name, or a model folder. */
  public StringProperty modelProperty() {
    return model;
  }

  /** The bundled models. */
  public List<String> models() {
    return models;
  }

  /** The text that the sequence begins with. */
  public StringProperty promptProperty() {
    return prompt;
  }

  /** The sampler chosen. */
  public ObjectProperty<SamplerKind> samplerProperty() {
    return sampler;
  }

  /** All samplers. */
  public List<SamplerKind> samplers() {
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
}
