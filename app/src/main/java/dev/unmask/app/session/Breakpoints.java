package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.check.Moment;
import dev.unmask.engine.run.Breakpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What runs are stopped at; the engine's thread may ask while the list is being changed. */
public final class Breakpoints {
  /** One of a position alone; no sequence is as long as ten digits. */
  private static final Pattern AT = Pattern.compile("\\w+ where position = (\\d{1,9})");

  private final ObservableList<Item> items = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private volatile List<Breakpoint> enabled = List.of();

  /**
   * One in the list.
   *
   * @param hits how many steps of the trace that is shown hit it
   */
  public record Item(Breakpoint breakpoint, BooleanProperty enabled, IntegerProperty hits) {}

  /** One as it is kept from one start to the next. */
  public record Kept(String text, boolean enabled) {
    /** One has a text. */
    public Kept {
      Objects.requireNonNull(text);
    }
  }

  /** All as they are kept. */
  public List<Kept> kept() {
    return items.stream()
        .map(item -> new Kept(item.breakpoint().text(), item.enabled().get()))
        .toList();
  }

  /** Takes over what was kept, as far as it is understood. */
  public void restore(List<Kept> kept) {
    for (Kept one : kept) {
      if (add(one.text)) {
        items.getLast().enabled().set(one.enabled);
      }
    }
    error.set("");
  }

  /**
   * Adds one, or enables it where it is in the list already.
   *
   * @return whether it could be understood; the {@linkplain #errorProperty error} says why not
   */
  public boolean add(String text) {
    try {
      Breakpoint breakpoint = Breakpoint.of(text);
      error.set("");
      item(breakpoint.text())
          .ifPresentOrElse(known -> known.enabled().set(true), () -> put(breakpoint));
      return true;
    } catch (InputException e) {
      error.set(e.getMessage());
      return false;
    }
  }

  private void put(Breakpoint breakpoint) {
    var item = new Item(breakpoint, new SimpleBooleanProperty(true), new SimpleIntegerProperty());
    item.enabled().subscribe(this::publish);
    items.add(item);
    publish();
  }

  /** Adds one, or takes it away where it is in the list. */
  public void toggle(String text) {
    item(Breakpoint.of(text).text()).ifPresentOrElse(this::remove, () -> add(text));
  }

  /** Takes one away. */
  public void remove(Item item) {
    items.remove(item);
    publish();
  }

  /** Takes all away. */
  public void clear() {
    items.clear();
    publish();
  }

  private Optional<Item> item(String text) {
    return items.stream().filter(item -> item.breakpoint().text().equals(text)).findFirst();
  }

  private void publish() {
    enabled = items.stream().filter(item -> item.enabled().get()).map(Item::breakpoint).toList();
  }

  /** The positions with a breakpoint of their own, and whether one of theirs is enabled. */
  public Map<Integer, Boolean> positions() {
    Map<Integer, Boolean> found = new TreeMap<>();
    for (Item item : items) {
      Matcher matcher = AT.matcher(item.breakpoint().text());
      if (matcher.matches()) {
        found.merge(Integer.valueOf(matcher.group(1)), item.enabled().get(), Boolean::logicalOr);
      }
    }
    return found;
  }

  /** Takes all away that a position has of its own, or adds one where it has none. */
  void toggleAt(int position, String text) {
    List<Item> there =
        items.stream()
            .filter(
                item -> {
                  Matcher matcher = AT.matcher(item.breakpoint().text());
                  return matcher.matches() && Integer.parseInt(matcher.group(1)) == position;
                })
            .toList();
    there.forEach(this::remove);
    if (there.isEmpty()) {
      add(text);
    }
  }

  /** Where a step is to be stopped at; from any thread. */
  Optional<Stop> stop(Moment moment) {
    return Stop.of(enabled, moment);
  }

  /** Those that are enabled. */
  List<Breakpoint> enabled() {
    return enabled;
  }

  /** All of them, in the order in which they were added. */
  public ObservableList<Item> items() {
    return items;
  }

  /** What is wrong with the text that was added last; empty if nothing is. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }
}
