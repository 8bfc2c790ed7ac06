package dev.unmask.app.families;

import dev.unmask.app.controls.Field;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What is chosen to be trained, and on what. */
final class FamiliesChoice {
  /** How many families there is room for. */
  static final int MOST = 8;

  private static final List<String> FIRST =
      List.of("gaussian", "flow", "vae", "gan", "diffusion", "score");

  private final ObjectProperty<PlaneData> data = new SimpleObjectProperty<>(PlaneData.RING);
  private DataSet learned = DataSet.of(PlaneData.RING);
  private final ObservableList<Family> families = FXCollections.observableArrayList();
  private final ObjectProperty<Family> selected = new SimpleObjectProperty<>();
  private final ObjectProperty<Set<String>> toggled = new SimpleObjectProperty<>(Set.of());
  private final Map<Family, List<Field>> settings = new LinkedHashMap<>();
  private final Field seed =
      new Field(new Setting.Whole("seed", 0, 0, Integer.MAX_VALUE, "Of weights, points and noise"));

  FamiliesChoice() {
    for (Family family : Families.ALL) {
      settings.put(family, family.settings().stream().map(Field::new).toList());
      if (FIRST.contains(family.name())) {
        families.add(family);
      }
    }
    selected.set(Families.named("gan"));
    data.subscribe(now -> learned = DataSet.of(now));
  }

  /** The same with its density. */
  DataSet learned() {
    return learned;
  }

  /** What is learned. */
  ObjectProperty<PlaneData> dataProperty() {
    return data;
  }

  /** The families that are shown, in the order of the tree. */
  ObservableList<Family> families() {
    return families;
  }

  /** Shows a family too, if there is room, or no longer. */
  void toggle(Family family) {
    if (families.contains(family)) {
      families.remove(family);
    } else if (families.size() < MOST) {
      families.setAll(
          Families.ALL.stream().filter(each -> each == family || families.contains(each)).toList());
    }
  }

  /** The family that is looked at. */
  ObjectProperty<Family> selectedProperty() {
    return selected;
  }

  /** Layers, by title, that are shown and else would not be, or the other way round. */
  ObjectProperty<Set<String>> toggledProperty() {
    return toggled;
  }

  /** Shows a layer that is hidden, or hides it. */
  void toggleLayer(String title) {
    Set<String> changed = new TreeSet<>(toggled.get());
    if (!changed.remove(title)) {
      changed.add(title);
    }
    toggled.set(Set.copyOf(changed));
  }

  /** What can be set of a family. */
  List<Field> settings(Family family) {
    return settings.get(family);
  }

  /** Whether nothing is wrong with what a family's fields say, nor with the seed. */
  boolean sound() {
    return seed.errorProperty().get().isEmpty()
        && families.stream()
            .flatMap(family -> settings.get(family).stream())
            .allMatch(field -> field.errorProperty().get().isEmpty());
  }

  /** What a family's fields say. */
  Settings chosen(Family family) {
    Map<String, String> typed = new LinkedHashMap<>();
    settings.get(family).forEach(field -> typed.put(field.name(), field.textProperty().get()));
    return Settings.of(family.settings(), typed);
  }

  /** The seed of all. */
  Field seed() {
    return seed;
  }

  /** Another seed. */
  void newSeed() {
    long now = seed.errorProperty().get().isEmpty() ? Long.parseLong(seed.textProperty().get()) : 0;
    seed.textProperty().set(Long.toString((now + 1) % Integer.MAX_VALUE));
  }

  /** Says what a training was made with. */
  void take(Training training) {
    Stream.of(PlaneData.values())
        .filter(each -> each.word().equals(training.data().word()))
        .findFirst()
        .ifPresent(data::set);
    seed.offer(Long.toString(training.trace().header().seed()));
    settings
        .get(training.family())
        .forEach(field -> field.offer(training.settings().get(field.name())));
    if (!families.contains(training.family())) {
      toggle(training.family());
    }
    selected.set(training.family());
  }
}
