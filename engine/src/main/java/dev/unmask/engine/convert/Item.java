package dev.unmask.engine.convert;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;

/** A value in a file of another tool, whether that is JSON or NumPy's format. */
sealed interface Item {
  /** Values by name. */
  record Fields(SequencedMap<String, Item> byName) implements Item {}

  /** A list of which some values are no numbers. */
  record Items(List<Item> items) implements Item {}

  /** A list of numbers alone, or an empty list; NaN where a number is missing. */
  record Numbers(double[] values) implements Item {}

  /** One number; NaN where it is missing. */
  record Single(double value) implements Item {}

  /** A text. */
  record Text(String text) implements Item {}

  /** How many single values there are. */
  default long size() {
    return switch (this) {
      case Fields(var byName) -> byName.values().stream().mapToLong(Item::size).sum();
      case Items(List<Item> items) -> items.stream().mapToLong(Item::size).sum();
      case Numbers(double[] values) -> values.length;
      case Single _, Text _ -> 1;
    };
  }

  /** What a list holds; nothing for what is no list. */
  default List<Item> elements() {
    return switch (this) {
      case Items(List<Item> items) -> items;
      case Numbers(double[] values) -> DoubleStream.of(values).<Item>mapToObj(Single::new).toList();
      case Fields _, Single _, Text _ -> List.of();
    };
  }
}
