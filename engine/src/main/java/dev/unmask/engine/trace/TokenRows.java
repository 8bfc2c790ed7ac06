package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Values;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a trace of tokens: {@link TraceKind#TOKENS}.
 *
 * <p>What the sampler remembers is in {@code memory.NAME}. Where a branch goes on with a sampler
 * that remembers something else, the states from number K on have it in {@code memory@K.NAME}
 * instead; the rows of each that belong to the other's states are zeros. A {@code memory@K.}
 * without a name tells that it remembers nothing.
 */
record TokenRows() implements TraceRows<TokenState, TokenRecord> {
  private static final Pattern MEMORY = Pattern.compile("memory(?:@([0-9]{1,9}))?\\.(.*)");

  /** Stands in a file for the memory of a sampler that has none after one that has. */
  private static final Map<String, Entry> NOTHING = Map.of("", new Entry("", ElementType.U8, 0));

  /** What samplers may tell of their decisions, by name. */
  private static final Set<String> GROUNDS =
      Set.of("rule", "measure", "quota", "score", "chance", "draw", "threshold");

  /** The name of a tensor of what a sampler remembers from a state on. */
  private record Remembered(int from, String name) {
    static Remembered of(String tensor) {
      Matcher matcher = MEMORY.matcher(tensor);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(tensor + " is not of a memory");
      }
      int from = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
      return new Remembered(from, matcher.group(2));
    }

    String tensor() {
      return (from == 0 ? "memory." : "memory@" + from + ".") + name;
    }
  }

  /** Whether a tensor of this name holds what a sampler remembers. */
  static boolean isMemory(String name) {
    return MEMORY.matcher(name).matches();
  }

  @Override
  public String states() {
    return "tokens";
  }

  @Override
  public Columns<TokenState, TokenRecord> columns(Trace<TokenState, TokenRecord> trace) {
    TraceHeader.Tokens of = trace.header().tokens();
    return new Columns<>(stateColumns(trace), stepColumns(of.length(), of.candidates()));
  }

  private static List<Column<TokenState>> stateColumns(Trace<TokenState, TokenRecord> trace) {
    TokenState first = trace.state(0);
    int length = first.length();
    List<Column<TokenState>> columns = new ArrayList<>();
    columns.add(
        new Column<>(
            "tokens", ElementType.I32, (to, s) -> Columns.putInts(to, s.tokens()), length));
    columns.add(new Column<>("marks", ElementType.U8, (to, s) -> to.put(s.marks()), length));
    columns.add(new Column<>("time", ElementType.F64, (to, s) -> to.putDouble(s.time())));
    columns.add(
        new Column<>(
            "draws",
            ElementType.I64,
            (to, s) -> Columns.putLongs(to, s.draws()),
            first.draws().length));
    memories(trace)
        .forEach(
            (from, memory) ->
                memory.forEach(
                    (name, entry) -> columns.add(memory(new Remembered(from, name), entry))));
    return columns;
  }

  /** What is remembered, by the state from which on; it can only change where a branch begins. */
  private static TreeMap<Integer, Map<String, Entry>> memories(
      Trace<TokenState, TokenRecord> trace) {
    TreeMap<Integer, Map<String, Entry>> memories = new TreeMap<>();
    memories.put(0, entries(trace.state(0).memory()));
    for (TraceHeader.Segment segment : trace.header().segments()) {
      if (segment.fromStep() > 0 && segment.fromStep() <= trace.steps()) {
        Map<String, Entry> memory = entries(trace.state(segment.fromStep()).memory());
        if (!memory.equals(memories.floorEntry(segment.fromStep()).getValue())) {
          memories.put(segment.fromStep(), memory.isEmpty() ? NOTHING : memory);
        }
      }
    }
    return memories;
  }

  private static Map<String, Entry> entries(Map<String, Values> memory) {
    Map<String, Entry> entries = new TreeMap<>();
    memory.forEach(
        (name, values) -> entries.put(name, new Entry(name, type(values), values.size())));
    return entries;
  }

  private static Column<TokenState> memory(Remembered what, Entry entry) {
    return new Column<>(
        new Entry(what.tensor(), entry.type(), entry.shape()),
        (to, state) -> {
          Values values = state.memory().get(what.name());
          boolean remembered =
              state.step() >= what.from()
                  && values != null
                  && type(values) == entry.type()
                  && values.size() == entry.elements();
          if (remembered) {
            put(to, values);
          } else {
            to.put(new byte[Math.toIntExact(entry.byteSize())]);
          }
        });
  }

  private static List<Column<TokenRecord>> stepColumns(int length, int candidates) {
    return List.of(
        new Column<>(
            "predicted",
            ElementType.I32,
            (to, s) -> Columns.putInts(to, s.decision().predicted()),
            length),
        new Column<>(
            "confidence",
            ElementType.F32,
            (to, s) -> Columns.putFloats(to, s.decision().confidence()),
            length),
        new Column<>(
            "entropy", ElementType.F32, (to, s) -> Columns.putFloats(to, s.entropy()), length),
        new Column<>(
            "candidate_ids",
            ElementType.I32,
            (to, s) -> Columns.putInts(to, s.candidates().kept(candidates, length).ids()),
            length,
            candidates),
        new Column<>(
            "candidate_probabilities",
            ElementType.F16,
            (to, s) ->
                Columns.putHalves(to, s.candidates().kept(candidates, length).probabilities()),
            length,
            candidates),
        new Column<>("evaluations", ElementType.I32, (to, s) -> to.putInt(s.evaluations())),
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
  private static Column<TokenRecord> told(String name, Function<Grounds, float[]> of, int length) {
    return new Column<>(
        name, ElementType.F32, (to, s) -> putTold(to, of.apply(grounds(s)), length), length);
  }

  private static Grounds grounds(TokenRecord step) {
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

  @Override
  public Set<String> optional() {
    return GROUNDS;
  }

  @Override
  public Set<String> told(TokenRecord step) {
    return Set.copyOf(grounds(step).columns());
  }

  @Override
  public Set<String> leftOut(Set<String> ever, Set<String> missed) {
    Set<String> never = new HashSet<>(GROUNDS);
    never.removeAll(ever);
    return never;
  }

  @Override
  public Checked check(Path file, TraceTensors tensors) {
    TokenCheck check = TokenCheck.of(file, tensors.metadata(), tensors.entries());
    Cells cells = tensors.cells().apply(check.rows(tensors.entries()));
    check.tokens(cells);
    return new Checked(check.header(), check.steps(), cells);
  }

  @Override
  public TokenState state(TraceHeader header, Cells cells, int index) {
    int length = header.tokens().length();
    return new TokenState(
        index,
        ints(cells, "tokens", index, length),
        cells.read("marks", index, row -> row.toArray(Cells.BYTE), new byte[length]),
        cells.read("time", index, row -> row.get(Cells.DOUBLE, 0), Double.NaN),
        index == 0 ? 0 : evaluations(cells, index - 1),
        cells.read("draws", index, row -> row.toArray(Cells.LONG), new long[0]),
        memory(cells, index));
  }

  private static Map<String, Values> memory(Cells cells, int index) {
    List<Remembered> until =
        cells.rows().keySet().stream()
            .filter(TokenRows::isMemory)
            .map(Remembered::of)
            .filter(what -> what.from() <= index)
            .toList();
    int from = until.stream().mapToInt(Remembered::from).max().orElse(0);
    Map<String, Values> memory = new TreeMap<>();
    until.stream()
        .filter(what -> what.from() == from && !what.name().isEmpty())
        .forEach(what -> memory.put(what.name(), values(cells, what.tensor(), index)));
    return memory;
  }

  private static int evaluations(Cells cells, int step) {
    return cells.read("evaluations", step, row -> row.get(Cells.INT, 0), -1);
  }

  @Override
  public TokenRecord step(TraceHeader header, Cells cells, int index) {
    TraceHeader.Tokens of = header.tokens();
    TokenStep decision =
        new TokenStep(
            ints(cells, "predicted", index, of.length()),
            floats(cells, "confidence", index, of.length()),
            state(header, cells, index + 1),
            grounds(cells, index));
    int context = cells.read("context", index, row -> row.get(Cells.INT, 0), -1);
    return new TokenRecord(
        decision,
        floats(cells, "entropy", index, of.length()),
        candidates(cells, index, of.length()),
        context);
  }

  private static Grounds grounds(Cells cells, int index) {
    return new Grounds(
        cells.read("rule", index, row -> row.toArray(Cells.BYTE), new byte[0]),
        cells.read("measure", index, row -> Measure.of(row.get(Cells.BYTE, 0)), Measure.UNTOLD),
        cells.read("quota", index, row -> row.get(Cells.INT, 0), -1),
        told(cells, "score", index),
        told(cells, "chance", index),
        told(cells, "draw", index),
        told(cells, "threshold", index));
  }

  private static float[] told(Cells cells, String name, int index) {
    return cells.read(name, index, row -> row.toArray(Cells.FLOAT), new float[0]);
  }

  private static Candidates candidates(Cells cells, int index, int length) {
    Entry entry = cells.rows().get("candidate_ids");
    int perPosition = entry == null ? 0 : Math.toIntExact(entry.shape()[1]);
    return new Candidates(
        perPosition,
        ints(cells, "candidate_ids", index, perPosition * length),
        cells.read(
            "candidate_probabilities", index, TokenRows::halves, new float[perPosition * length]));
  }

  private static int[] ints(Cells cells, String name, int index, int size) {
    int[] unknown = new int[size];
    Arrays.fill(unknown, -1);
    return cells.read(name, index, row -> row.toArray(Cells.INT), unknown);
  }

  private static float[] floats(Cells cells, String name, int index, int size) {
    float[] unknown = new float[size];
    Arrays.fill(unknown, Float.NaN);
    return cells.read(name, index, row -> row.toArray(Cells.FLOAT), unknown);
  }

  private static float[] halves(MemorySegment row) {
    short[] bits = row.toArray(Cells.SHORT);
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.float16ToFloat(bits[i]);
    }
    return values;
  }

  private static Values values(Cells cells, String name, int index) {
    MemorySegment row = cells.row(name, index);
    ElementType type = cells.rows().get(name).type();
    return switch (type) {
      case F64 -> new Values.F64(row.toArray(Cells.DOUBLE));
      case F32 -> new Values.F32(row.toArray(Cells.FLOAT));
      case I64 -> new Values.I64(row.toArray(Cells.LONG));
      case I32 -> new Values.I32(row.toArray(Cells.INT));
      case U8 -> new Values.U8(row.toArray(Cells.BYTE));
      case F16, BF16, I16, I8, BOOL ->
          throw new IllegalStateException("memory of type " + type + " was not refused");
    };
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
      case Values.F32(float[] data) -> Columns.putFloats(to, data);
      case Values.I64(long[] data) -> Columns.putLongs(to, data);
      case Values.I32(int[] data) -> Columns.putInts(to, data);
      case Values.U8(byte[] data) -> to.put(data);
    }
  }
}
