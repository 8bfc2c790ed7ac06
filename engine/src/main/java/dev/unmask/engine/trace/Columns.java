package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Entry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tensors of a trace, in the order in which they stand in a file.
 *
 * @param <S> what the rows of a state are taken from
 * @param <T> what the rows of a step are taken from
 * @param ofState one row a state
 * @param ofStep one row a step
 */
record Columns<S, T>(List<Column<S>> ofState, List<Column<T>> ofStep) {
  /** Those that are named. */
  Columns<S, T> only(Set<String> names) {
    return where(names::contains);
  }

  /** Those that are not. */
  Columns<S, T> without(Set<String> names) {
    return where(name -> !names.contains(name));
  }

  private Columns<S, T> where(Predicate<String> named) {
    return new Columns<>(
        ofState.stream().filter(column -> named.test(column.row().name())).toList(),
        ofStep.stream().filter(column -> named.test(column.row().name())).toList());
  }

  /** The rows of so many steps, by name, each as its whole tensor. */
  Map<String, Entry> entries(int steps) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    ofState.forEach(column -> entries.put(column.row().name(), column.entry(steps + 1)));
    ofStep.forEach(column -> entries.put(column.row().name(), column.entry(steps)));
    return entries;
  }

  /** The shape of one row of each, by name. */
  Map<String, Entry> rows() {
    Map<String, Entry> rows = new LinkedHashMap<>();
    ofState.forEach(column -> rows.put(column.row().name(), column.row()));
    ofStep.forEach(column -> rows.put(column.row().name(), column.row()));
    return rows;
  }

  ByteBuffer stateRow(S state) {
    return row(ofState, state);
  }

  ByteBuffer stepRow(T step) {
    return row(ofStep, step);
  }

  static <R> ByteBuffer row(List<Column<R>> columns, R from) {
    int bytes = columns.stream().mapToInt(Column::rowBytes).sum();
    ByteBuffer row = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    columns.forEach(column -> column.put().accept(row, from));
    return row.flip();
  }

  static void putInts(ByteBuffer to, int[] values) {
    for (int value : values) {
      to.putInt(value);
    }
  }

  static void putLongs(ByteBuffer to, long[] values) {
    for (long value : values) {
      to.putLong(value);
    }
  }

  static void putFloats(ByteBuffer to, float[] values) {
    for (float value : values) {
      to.putFloat(value);
    }
  }

  static void putHalves(ByteBuffer to, float[] values) {
    for (float value : values) {
      to.putShort(Float.floatToFloat16(value));
    }
  }
}
