package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The tensors of a trace, in the order in which they stand in a file.
 *
 * @param <B> what the rows of a state are taken from
 * @param <S> what the rows of a step are taken from
 * @param ofState one row a state
 * @param ofStep one row a step
 */
record Columns<B, S>(List<Column<B>> ofState, List<Column<S>> ofStep) {
  /** The tensors of a run that starts like this and keeps so many candidates a position. */
  static Columns<TokenState, StepRecord> of(TokenState first, int candidates) {
    int length = first.length();
    return new Columns<>(stateColumns(first, length), stepColumns(length, candidates));
  }

  /** The tensors of a trace. */
  static Columns<TokenState, StepRecord> of(Trace trace) {
    return of(trace.state(0), candidates(trace));
  }

  /** K: how many candidates a trace keeps a position. */
  static int candidates(Trace trace) {
    return trace.steps() == 0 ? 0 : trace.step(0).candidates().perPosition();
  }

  /** What samplers may tell of their decisions, by name. */
  static final List<String> GROUNDS =
      List.of("rule", "measure", "quota", "score", "chance", "draw", "threshold");

  /** Those that are named. */
  Columns<B, S> only(Set<String> names) {
    return where(names::contains);
  }

  /** Those that are not. */
  Columns<B, S> without(Set<String> names) {
    return where(name -> !names.contains(name));
  }

  private Columns<B, S> where(Predicate<String> named) {
    return new Columns<>(
        ofState.stream().filter(column -> named.test(column.row().name())).toList(),
        ofStep.stream().filter(column -> named.test(column.row().name())).toList());
  }

  private static List<Column<TokenState>> stateColumns(TokenState first, int length) {
    List<Column<TokenState>> columns = new ArrayList<>();
    columns.add(
        new Column<>("tokens", ElementType.I32, (to, s) -> putInts(to, s.tokens()), length));
    columns.add(new Column<>("marks", ElementType.U8, (to, s) -> to.put(s.marks()), length));
    columns.add(new Column<>("time", ElementType.F64, (to, s) -> to.putDouble(s.time())));
    columns.add(
        new Column<>(
            "draws", ElementType.I64, (to, s) -> putLongs(to, s.draws()), first.draws().length));
    new TreeMap<>(first.memory())
        .forEach(
            (name, values) ->
                columns.add(
                    new Column<>(
                        TraceFile.MEMORY + name,
                        type(values),
                        (to, s) -> put(to, s.memory().get(name)),
                        values.size())));
    return columns;
  }

  private static List<Column<StepRecord>> stepColumns(int length, int candidates) {
    return List.of(
        new Column<>(
            "predicted", ElementType.I32, (to, s) -> putInts(to, s.decision().predicted()), length),
        new Column<>(
            "confidence",
            ElementType.F32,
            (to, s) -> putFloats(to, s.decision().confidence()),
            length),
        new Column<>("entropy", ElementType.F32, (to, s) -> putFloats(to, s.entropy()), length),
        new Column<>(
            "candidate_ids",
            ElementType.I32,
            (to, s) -> putInts(to, s.candidates().ids()),
            length,
            candidates),
        new Column<>(
            "candidate_probabilities",
            ElementType.F16,
            (to, s) -> putHalves(to, s.candidates().probabilities()),
            length,
            candidates),
        new Column<>(
            "evaluations",
            ElementType.I32,
            (to, s) -> to.putInt(s.decision().next().evaluations())),
        new Column<>("context", ElementType.I32, (to, s) -> to.putInt(s.context())),
        new Column<>("rule", ElementType.U8, (to, s) -> putRules(to, grounds(s), length), length),
        new Column<>(
            "measure", ElementType.U8, (to, s) -> to.put((byte) grounds(s).measure().ordinal())),
        new Column<>("quota", ElementType.I32, (to, s) -> to.putInt(grounds(s).quota())),
        told("score", Grounds::score, length),
        told("chance", Grounds::chance, length),
        told("draw", Grounds::draw, length),
        told("threshold", Grounds::threshold, length));
  }

  /** A column of what samplers may tell of positions. */
  private static Column<StepRecord> told(String name, Function<Grounds, float[]> of, int length) {
    return new Column<>(
        name, ElementType.F32, (to, s) -> putTold(to, of.apply(grounds(s)), length), length);
  }

  private static Grounds grounds(StepRecord step) {
    return step.decision().grounds();
  }

  private static void putRules(ByteBuffer to, Grounds grounds, int length) {
    to.put(grounds.rules().length == 0 ? new byte[length] : grounds.rules());
  }

  private static void putTold(ByteBuffer to, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      to.putFloat(values.length == 0 ? Float.NaN : values[i]);
    }
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

  ByteBuffer stateRow(B state) {
    return row(ofState, state);
  }

  ByteBuffer stepRow(S step) {
    return row(ofStep, step);
  }

  static <R> ByteBuffer row(List<Column<R>> columns, R from) {
    int bytes = columns.stream().mapToInt(Column::rowBytes).sum();
    ByteBuffer row = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    columns.forEach(column -> column.put().accept(row, from));
    return row.flip();
  }

  private static ElementType type(Values values) {
    return switch (values) {
      case Values.F64 _ -> ElementType.F64;
      case Values.F32 _ -> ElementType.F32;
      case Values.I64 _ -> ElementType.I64;
      case Values.I32 _ -> ElementType.I32;
      case Values.U8 _ -> ElementType.U8;
    };
  }

  private static void put(ByteBuffer to, Values values) {
    switch (values) {
      case Values.F64(double[] data) -> {
        for (double value : data) {
          to.putDouble(value);
        }
      }
      case Values.F32(float[] data) -> putFloats(to, data);
      case Values.I64(long[] data) -> putLongs(to, data);
      case Values.I32(int[] data) -> putInts(to, data);
      case Values.U8(byte[] data) -> to.put(data);
    }
  }

  private static void putInts(ByteBuffer to, int[] values) {
    for (int value : values) {
      to.putInt(value);
    }
  }

  private static void putLongs(ByteBuffer to, long[] values) {
    for (long value : values) {
      to.putLong(value);
    }
  }

  static void putFloats(ByteBuffer to, float[] values) {
    for (float value : values) {
      to.putFloat(value);
    }
  }

  private static void putHalves(ByteBuffer to, float[] values) {
    for (float value : values) {
      to.putShort(Float.floatToFloat16(value));
    }
  }
}
