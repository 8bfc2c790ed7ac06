package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Values;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A trace in a file, read a row at a time. What the file does not hold is unknown: −1 for ids and
 * counts, NaN for scores and times.
 */
public final class StoredTrace implements Trace, AutoCloseable {
  /** The bytes of float32, int32, float16, float64 and int64 numbers, at any address. */
  static final ValueLayout.OfFloat FLOAT = little(ValueLayout.JAVA_FLOAT_UNALIGNED);

  static final ValueLayout.OfInt INT = little(ValueLayout.JAVA_INT_UNALIGNED);
  private static final ValueLayout.OfShort SHORT = little(ValueLayout.JAVA_SHORT_UNALIGNED);
  static final ValueLayout.OfDouble DOUBLE = little(ValueLayout.JAVA_DOUBLE_UNALIGNED);
  private static final ValueLayout.OfLong LONG = little(ValueLayout.JAVA_LONG_UNALIGNED);

  private final TraceHeader header;
  private final Cells cells;
  private final int steps;
  private final Runnable release;

  /**
   * @param release frees the file
   */
  StoredTrace(TraceHeader header, Cells cells, int steps, Runnable release) {
    this.header = header;
    this.cells = cells;
    this.steps = steps;
    this.release = release;
  }

  /**
   * A trace in memory of which only some tensors are known, as if it had been written and opened.
   *
   * @param known names of tensors
   */
  public static StoredTrace of(Trace trace, Set<String> known) {
    var rows = new Encoded(trace, Columns.of(trace).only(known));
    return new StoredTrace(trace.header(), rows, trace.steps(), () -> {});
  }

  @Override
  public TraceHeader header() {
    return header;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public TokenState state(int index) {
    int length = header.length();
    Map<String, Values> memory = new TreeMap<>();
    cells.rows().keySet().stream()
        .filter(name -> name.startsWith(TraceFile.MEMORY))
        .forEach(
            name -> memory.put(name.substring(TraceFile.MEMORY.length()), values(name, index)));
    return new TokenState(
        index,
        ints("tokens", index, length),
        read("marks", index, row -> row.toArray(ValueLayout.JAVA_BYTE), new byte[length]),
        read("time", index, row -> row.get(DOUBLE, 0), Double.NaN),
        index == 0 ? 0 : read("evaluations", index - 1, row -> row.get(INT, 0), -1),
        read("draws", index, row -> row.toArray(LONG), new long[0]),
        memory);
  }

  @Override
  public StepRecord step(int index) {
    int length = header.length();
    TokenStep decision =
        new TokenStep(
            ints("predicted", index, length),
            floats("confidence", index),
            state(index + 1),
            grounds(index));
    int context = read("context", index, row -> row.get(INT, 0), -1);
    return new StepRecord(decision, floats("entropy", index), candidates(index), context);
  }

  private Grounds grounds(int index) {
    return new Grounds(
        read("rule", index, row -> row.toArray(ValueLayout.JAVA_BYTE), new byte[0]),
        read(
            "measure", index, row -> Measure.of(row.get(ValueLayout.JAVA_BYTE, 0)), Measure.UNTOLD),
        read("quota", index, row -> row.get(INT, 0), -1),
        told("score", index),
        told("chance", index),
        told("draw", index),
        told("threshold", index));
  }

  private float[] told(String name, int index) {
    return read(name, index, row -> row.toArray(FLOAT), new float[0]);
  }

  private Candidates candidates(int index) {
    Entry entry = cells.rows().get("candidate_ids");
    int perPosition = entry == null ? 0 : Math.toIntExact(entry.shape()[1]);
    return new Candidates(
        perPosition,
        ints("candidate_ids", index, perPosition * header.length()),
        read(
            "candidate_probabilities",
            index,
            StoredTrace::halves,
            new float[perPosition * header.length()]));
  }

  private int[] ints(String name, int index, int size) {
    int[] unknown = new int[size];
    Arrays.fill(unknown, -1);
    return read(name, index, row -> row.toArray(INT), unknown);
  }

  private float[] floats(String name, int index) {
    float[] unknown = new float[header.length()];
    Arrays.fill(unknown, Float.NaN);
    return read(name, index, row -> row.toArray(FLOAT), unknown);
  }

  private Values values(String name, int index) {
    MemorySegment row = cells.row(name, index);
    ElementType type = cells.rows().get(name).type();
    return switch (type) {
      case F64 -> new Values.F64(row.toArray(DOUBLE));
      case F32 -> new Values.F32(row.toArray(FLOAT));
      case I64 -> new Values.I64(row.toArray(LONG));
      case I32 -> new Values.I32(row.toArray(INT));
      case U8 -> new Values.U8(row.toArray(ValueLayout.JAVA_BYTE));
      case F16, BF16, I16, I8, BOOL ->
          throw new IllegalStateException("memory of type " + type + " was not refused");
    };
  }

  private <T> T read(String name, int index, Function<MemorySegment, T> decode, T unknown) {
    return cells.rows().containsKey(name) ? decode.apply(cells.row(name, index)) : unknown;
  }

  private static float[] halves(MemorySegment row) {
    short[] bits = row.toArray(SHORT);
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.float16ToFloat(bits[i]);
    }
    return values;
  }

  @SuppressWarnings("unchecked")
  private static <L extends ValueLayout> L little(L layout) {
    return (L) layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where its rows lie. */
  Cells cells() {
    return cells;
  }

  /** Lets go of the file; nothing may be read afterwards. */
  @Override
  public void close() {
    release.run();
  }
}
