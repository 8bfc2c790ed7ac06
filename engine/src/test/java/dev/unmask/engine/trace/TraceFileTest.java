package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void whatIsWrittenIsReadBackWhole(int steps) {
    Trace<TokenState, TokenRecord> written = HandMadeTrace.of(steps);
    TraceFile.write(file(), written);
    try (var read = TraceKind.TOKENS.open(file())) {
      assertSame(read, written, steps);
    }
    assertThat(folder.toFile().list()).containsExactly("a.trace.safetensors");
  }

  @Test
  void equalTracesAreEqualBytes() throws IOException {
    Path other = folder.resolve("b.trace.safetensors");
    TraceFile.write(file(), HandMadeTrace.of(4));
    TraceFile.write(other, HandMadeTrace.of(4));
    assertThat(Files.mismatch(file(), other)).isEqualTo(-1);
  }

  @Test
  void aRunThatIsStoppedLeavesItsStepsInAPart() {
    RecordedTrace<TokenState, TokenRecord> trace = HandMadeTrace.of(3);
    try (var recorder = recorder(trace)) {
      recorder.append(trace.step(0));
      recorder.append(trace.step(1));
    }
    try (var read = TraceKind.TOKENS.open(TraceRecorder.partOf(file()))) {
      assertSame(read, trace, 2);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void aPartCutAnywhereKeepsEveryWholeStep() throws IOException {
    RecordedTrace<TokenState, TokenRecord> trace = HandMadeTrace.of(3);
    try (var recorder = recorder(trace)) {
      for (int step = 0; step < 3; step++) {
        recorder.append(trace.step(step));
      }
    }
    byte[] whole = Files.readAllBytes(TraceRecorder.partOf(file()));
    Path cut = folder.resolve("cut.part");
    int last = 3;
    for (int size = whole.length; size > whole.length - 500; size -= 7) {
      Files.write(cut, Arrays.copyOf(whole, size));
      try (var read = TraceKind.TOKENS.open(cut)) {
        assertThat(read.steps()).isBetween(last - 1, last);
        last = read.steps();
        assertSame(read, trace, last);
      }
    }
    assertThat(last).isLessThan(3);
  }

  @Test
  void aPartWithAFlippedBitIsReadUpToIt() throws IOException {
    RecordedTrace<TokenState, TokenRecord> trace = HandMadeTrace.of(2);
    Path part = TraceRecorder.partOf(file());
    try (var recorder = recorder(trace)) {
      recorder.append(trace.step(0));
      recorder.append(trace.step(1));
    }
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length - 20] ^= 1;
    Files.write(part, bytes);
    try (var read = TraceKind.TOKENS.open(part)) {
      assertSame(read, trace, 1);
    }
  }

  @Test
  void anOlderPartIsKeptAside() {
    RecordedTrace<TokenState, TokenRecord> older = HandMadeTrace.of(1);
    try (var recorder = recorder(older)) {
      recorder.append(older.step(0));
    }
    TraceFile.write(file(), HandMadeTrace.of(4));
    try (var kept = TraceKind.TOKENS.open(folder.resolve("a.trace.safetensors.1.part"))) {
      assertSame(kept, older, 1);
    }
  }

  @Test
  void aRunIsNotRecordedWhereAnotherIs() {
    RecordedTrace<TokenState, TokenRecord> trace = HandMadeTrace.of(2);
    try (var first = recorder(trace)) {
      first.append(trace.step(0));
      assertThatThrownBy(() -> recorder(HandMadeTrace.of(1)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is being written by another run or program");
      assertThatThrownBy(() -> TraceFile.write(file(), HandMadeTrace.of(1)))
          .isInstanceOf(InputException.class);
      first.append(trace.step(1));
      first.finish();
    }
    try (var read = TraceKind.TOKENS.open(file())) {
      assertSame(read, trace, 2);
    }
    assertThat(folder.toFile().list()).containsExactly("a.trace.safetensors");
  }

  @Test
  void tokensAloneAreATrace() {
    write(Map.of(), tensor("tokens", ElementType.I32, new Values.I32(new int[6]), 2, 3));
    try (var read = TraceKind.TOKENS.open(file())) {
      assertThat(read.steps()).isEqualTo(1);
      assertThat(read.step(0).decision().predicted()).containsOnly(-1);
      assertThat(read.step(0).decision().confidence()).containsOnly(Float.NaN);
      assertThat(read.state(1).time()).isNaN();
      assertThat(read.state(1).evaluations()).isEqualTo(-1);
      assertThat(read.header().tokens().text(0)).isEqualTo("#0");
    }
  }

  @Test
  void whatNoSamplerTellsTakesNoRoomInAFinishedTrace() {
    TraceFile.write(file(), HandMadeTrace.of(1));
    assertThat(SafetensorsFile.open(file()).entries())
        .containsKeys("rule", "measure", "quota", "score")
        .doesNotContainKeys("chance", "draw", "threshold");
    RecordedTrace<TokenState, TokenRecord> silent =
        new RecordedTrace<>(HandMadeTrace.header(), HandMadeTrace.of(0).state(0));
    silent.append(HandMadeTrace.of(5).step(4));
    TraceFile.write(file(), silent);
    assertThat(SafetensorsFile.open(file()).entries()).doesNotContainKeys("rule", "measure");
  }

  @Test
  void aRuleOfALaterVersionIsOneThatIsNotTold() {
    write(
        Map.of(),
        tensor("tokens", ElementType.I32, new Values.I32(new int[6]), 2, 3),
        tensor("rule", ElementType.U8, new Values.U8(new byte[] {1, 99, -1}), 1, 3),
        tensor("measure", ElementType.U8, new Values.U8(new byte[] {99}), 1));
    try (var read = TraceKind.TOKENS.open(file())) {
      Grounds grounds = read.step(0).decision().grounds();
      assertThat(grounds.rule(0)).isEqualTo(Rule.RANK);
      assertThat(grounds.rule(1)).isEqualTo(Rule.UNTOLD);
      assertThat(grounds.rule(2)).isEqualTo(Rule.UNTOLD);
      assertThat(grounds.measure()).isEqualTo(Measure.UNTOLD);
      assertThat(grounds.quota()).isEqualTo(-1);
      assertThat(grounds.chance(0)).isNaN();
    }
  }

  @Test
  void tensorsOfOtherNamesAreSomebodyElses() {
    write(
        Map.of(),
        tensor("tokens", ElementType.I32, new Values.I32(new int[6]), 2, 3),
        tensor("notes", ElementType.U8, new Values.U8(new byte[4]), 4));
    try (var read = TraceKind.TOKENS.open(file())) {
      assertThat(read.steps()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatLiesIsRefusedInOneSentence() {
    Tensor tokens = tensor("tokens", ElementType.I32, new Values.I32(new int[6]), 2, 3);
    assertRefused("no tensor \"tokens\"", Map.of());
    assertRefused(
        "not I32 [states, positions]",
        Map.of(),
        tensor("tokens", ElementType.I32, new Values.I32(new int[6]), 6));
    assertRefused(
        "not I32 [states, positions]",
        Map.of(),
        tensor("tokens", ElementType.I32, new Values.I32(new int[0]), Integer.MAX_VALUE, 0));
    assertRefused("its format is", Map.of("format", "unmask-trace/9"), tokens);
    assertRefused("its run is not JSON", Map.of("run", "{"), tokens);
    assertRefused("its vocabulary is not", Map.of("vocabulary", "[1]"), tokens);
    assertRefused("another length", Map.of("run", "{\"length\": 4}"), tokens);
    assertRefused(
        "holds token 2",
        Map.of("vocabulary", "[\"a\"]"),
        tensor("tokens", ElementType.I32, new Values.I32(new int[] {0, 0, 0, 0, 2, 0}), 2, 3));
    assertRefused(
        "predicted",
        Map.of(),
        tokens,
        tensor("predicted", ElementType.I32, new Values.I32(new int[6]), 2, 3));
    assertRefused(
        "memory.x",
        Map.of(),
        tokens,
        tensor("memory.x", ElementType.I32, new Values.I32(new int[1]), 1));
    assertRefused(
        "only one of candidate_ids",
        Map.of(),
        tokens,
        tensor("candidate_ids", ElementType.I32, new Values.I32(new int[6]), 1, 3, 2));
  }

  @Test
  void aStoppedRunThatLiesIsRefusedInOneSentence() throws IOException {
    assertPartRefused("no tensor \"tokens\"", "", "", 0);
    assertPartRefused("not I32 [states, positions]", column("tokens", "BOOL", "3"), "", 3);
    assertPartRefused("not I32 [states, positions]", column("tokens", "I32", "0"), "", 0);
    assertPartRefused("the size -1", column("tokens", "I32", "-1, -2"), "", 8);
    assertPartRefused("the size \"2\"", column("tokens", "I32", "\"2\""), "", 8);
    assertPartRefused(
        "larger than memory", column("tokens", "I32", "4611686018427387904, 4"), "", 0);
    assertPartRefused("not the size", column("tokens", "I32", "3"), "", 8);
    assertPartRefused(
        "twice", column("tokens", "I32", "2") + ", " + column("tokens", "I32", "0"), "", 8);
    assertPartRefused(
        "memory.a", column("tokens", "I32", "2") + ", " + column("memory.a", "F16", "0"), "", 8);
    assertPartRefused(
        "larger than memory",
        column("tokens", "I32", "2"),
        column("candidate_ids", "I32", "2, 2000000000"),
        8);
    assertPartRefused(
        "candidate_ids", column("tokens", "I32", "2"), column("candidate_ids", "I32", "2"), 8);
  }

  private void assertPartRefused(String why, String state, String step, int firstRow)
      throws IOException {
    String header = "{\"state\": [%s], \"step\": [%s]}".formatted(state, step);
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes("unmask-part/1\n".getBytes(StandardCharsets.US_ASCII));
    for (byte[] frame : List.of(header.getBytes(StandardCharsets.UTF_8), new byte[firstRow])) {
      CRC32C sum = new CRC32C();
      sum.update(frame);
      ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      part.writeBytes(head.putInt(frame.length).putInt((int) sum.getValue()).array());
      part.writeBytes(frame);
    }
    Files.write(file(), part.toByteArray());
    assertThatThrownBy(() -> TraceKind.TOKENS.open(file()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static String column(String name, String type, String shape) {
    return "{\"name\": \"%s\", \"type\": \"%s\", \"shape\": [%s]}".formatted(name, type, shape);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path nowhere = folder.resolve("nowhere").resolve("a.trace.safetensors");
    assertThatThrownBy(() -> TraceFile.write(nowhere, HandMadeTrace.of(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nowhere");
  }

  private void assertRefused(String why, Map<String, String> metadata, Tensor... tensors) {
    write(metadata, tensors);
    assertThatThrownBy(() -> TraceKind.TOKENS.open(file()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(file().toString())
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private record Tensor(Entry entry, Source source) {}

  private static Tensor tensor(String name, ElementType type, Values values, long... shape) {
    return new Tensor(new Entry(name, type, shape), Source.of(values));
  }

  private void write(Map<String, String> metadata, Tensor... tensors) {
    SequencedMap<Entry, Source> byEntry = new LinkedHashMap<>();
    Stream.of(tensors).forEach(tensor -> byEntry.put(tensor.entry(), tensor.source()));
    SafetensorsWriter.write(file(), metadata, byEntry);
  }

  private Path file() {
    return folder.resolve("a" + TraceFile.EXTENSION);
  }

  private TraceRecorder<TokenState, TokenRecord> recorder(Trace<TokenState, TokenRecord> trace) {
    return TraceRecorder.create(file(), new RecordedTrace<>(trace.header(), trace.state(0)));
  }

  private static void assertSame(
      Trace<TokenState, TokenRecord> read, Trace<TokenState, TokenRecord> written, int steps) {
    assertThat(read.header()).isEqualTo(written.header());
    assertThat(read.steps()).isEqualTo(steps);
    for (int i = 0; i <= steps; i++) {
      assertThat(read.state(i))
          .usingRecursiveComparison()
          .withEqualsForType(Double::equals, Double.class)
          .isEqualTo(written.state(i));
    }
    for (int i = 0; i < steps; i++) {
      assertThat(read.step(i))
          .usingRecursiveComparison()
          .withEqualsForType(Double::equals, Double.class)
          .withEqualsForType(Float::equals, Float.class)
          .isEqualTo(written.step(i));
    }
  }
}
