package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTraceFileTest {
  private static final BatchShape SHAPE = new BatchShape(2, 1, 2, 3);
  private static final TraceHeader HEADER =
      new TraceHeader(
          new TraceHeader.Model("fashion", "ab"),
          new TraceHeader.Images(SHAPE, List.of(3, 4)),
          "vp-linear",
          "philox",
          7,
          List.of(
              new TraceHeader.Segment(
                  0, "ddim", Map.of("steps", 2, "eta", 0.5, "guidance", 1.5), List.of())),
          Optional.empty(),
          Optional.of("emoji 12"),
          "1");

  @TempDir private Path folder;

  @Test
  void readsWhatWasWritten() {
    RecordedTrace<BatchState, ImageRecord> trace = trace(true);
    Path file = folder.resolve("a.trace.safetensors");
    TraceFile.write(file, trace);
    assertThat(TraceKind.IMAGES.is(file)).isTrue();
    try (var read = TraceKind.IMAGES.open(file)) {
      assertThat(read.header()).isEqualTo(HEADER);
      assertThat(read.steps()).isEqualTo(2);
      for (int step = 0; step < 2; step++) {
        assertThat(read.state(step).x()).isEqualTo(trace.state(step).x());
        assertThat(read.step(step).predicted().orElseThrow())
            .isEqualTo(trace.step(step).predicted().get());
        assertThat(read.step(step).noise().orElseThrow()).isEqualTo(trace.step(step).noise().get());
        assertThat(read.step(step).evaluations()).isEqualTo(step + 1);
      }
      assertThat(read.state(2).x()).isEqualTo(trace.state(2).x());
      assertThat(read.state(0).time()).isEqualTo(1);
      assertThat(read.state(2).time()).isZero();
      assertThat(read.state(0).alpha()).isEqualTo(0.1);
      assertThat(read.state(0).sigma()).isEqualTo(0.9);
    }
  }

  @Test
  void aTraceOfTheOtherKindIsCalledWhatItIs() {
    Path file = folder.resolve("a.trace.safetensors");
    TraceFile.write(file, trace(true));
    assertThatThrownBy(() -> TraceKind.TOKENS.open(file).close())
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(
            "is a trace of images, and one of tokens is needed here; choose another.");
  }

  @Test
  void aRunThatIsStoppedLeavesItsStepsInAPart() {
    Path file = folder.resolve("a.trace.safetensors");
    RecordedTrace<BatchState, ImageRecord> whole = trace(true);
    RecordedTrace<BatchState, ImageRecord> growing =
        new RecordedTrace<>(HEADER, new BatchState(values(0), 1, 0.1, 0.9));
    try (var recorder = TraceRecorder.create(file, growing)) {
      recorder.append(whole.step(0));
    }
    assertThat(file).doesNotExist();
    Path part = TraceRecorder.partOf(file);
    assertThat(TraceKind.IMAGES.is(part)).isTrue();
    try (var read = TraceKind.IMAGES.open(part)) {
      assertThat(read.header()).isEqualTo(HEADER);
      assertThat(read.steps()).isEqualTo(1);
      assertThat(read.state(1).x()).isEqualTo(whole.state(1).x());
      assertThat(read.step(0).noise().orElseThrow()).isEqualTo(whole.step(0).noise().get());
      assertThat(read.state(1).time()).isEqualTo(whole.state(1).time());
    }
  }

  @Test
  void whatNotEveryStepOfAStoppedRunToldIsUnknown() {
    Path file = folder.resolve("a.trace.safetensors");
    TraceRecorder.create(file, trace(false)).close();
    try (var read = TraceKind.IMAGES.open(TraceRecorder.partOf(file))) {
      assertThat(read.steps()).isEqualTo(2);
      assertThat(read.step(0).predicted()).isEmpty();
      assertThat(read.step(1).noise()).isEmpty();
      assertThat(read.step(1).evaluations()).isEqualTo(2);
    }
  }

  @Test
  void anInterruptDisturbsNothingThatIsWritten() {
    Path file = folder.resolve("a.trace.safetensors");
    try (var recorder =
        TraceRecorder.create(
            file, new RecordedTrace<>(HEADER, new BatchState(values(0), 1, 1, 0)))) {
      Thread.currentThread().interrupt();
      recorder.finish();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(TraceKind.IMAGES.is(file)).isTrue();
  }

  @Test
  void leavesUnknownWhatAForwardTraceDoesNotPredict() {
    Path file = folder.resolve("forward.trace.safetensors");
    TraceFile.write(file, trace(false));
    try (var read = TraceKind.IMAGES.open(file)) {
      assertThat(read.step(0).predicted()).isEmpty();
      assertThat(read.step(1).noise()).isEmpty();
    }
  }

  @Test
  void playsAFileThatHoldsNothingButX() {
    Path file = write(Map.of(), entry("x", ElementType.F32, 2, 1, 1, 2, 2), new float[8]);
    try (var read = TraceKind.IMAGES.open(file)) {
      assertThat(read.steps()).isEqualTo(1);
      assertThat(read.state(0).time()).isNaN();
      assertThat(read.state(1).alpha()).isNaN();
      assertThat(read.step(0).evaluations()).isEqualTo(-1);
      assertThat(read.header().images().labels()).isEmpty();
    }
  }

  @Test
  void knowsATraceOfTokensFromOneOfImages() {
    Path tokens = folder.resolve("tokens.trace.safetensors");
    TraceFile.write(tokens, HandMadeTrace.of(2));
    assertThat(TraceKind.IMAGES.is(tokens)).isFalse();
    assertThat(TraceKind.IMAGES.is(folder)).isFalse();
  }

  @Test
  void namesWhatIsWrong() {
    refuses(Map.of(), entry("x", ElementType.F32, 2, 4), new float[8], "not F32 [states, images");
    refuses(Map.of(), entry("x", ElementType.F32, 1, 0, 1, 2, 2), new float[0], "not F32 [states");
    refuses(Map.of("run", "[]"), x(), new float[8], "not a JSON object");
    refuses(Map.of("run", "{"), x(), new float[8], "not JSON");
    refuses(Map.of("format", "other/2"), x(), new float[8], "other/2");
    refuses(Map.of("run", "{\"labels\":[1,2,3]}"), x(), new float[8], "3 labels for 1 images");
    refuses(Map.of("run", "{\"labels\":[\"a\"]}"), x(), new float[8], "not a class's number");
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(x(), Source.of(new float[8]));
    tensors.put(new Entry("time", ElementType.F64, 3), Source.of(new Values.F64(new double[3])));
    Path file = folder.resolve("time.safetensors");
    SafetensorsWriter.write(file, Map.of(), tensors);
    assertThatThrownBy(() -> TraceKind.IMAGES.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("time")
        .hasMessageContaining("is needed");
  }

  private void refuses(Map<String, String> metadata, Entry x, float[] data, String words) {
    Path file = write(metadata, x, data);
    assertThatThrownBy(() -> TraceKind.IMAGES.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  private Path write(Map<String, String> metadata, Entry x, float[] data) {
    Path file = folder.resolve("x.safetensors");
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(x, Source.of(data));
    SafetensorsWriter.write(file, metadata, tensors);
    return file;
  }

  private static Entry x() {
    return entry("x", ElementType.F32, 2, 1, 1, 2, 2);
  }

  private static Entry entry(String name, ElementType type, long... shape) {
    return new Entry(name, type, shape);
  }

  private static RecordedTrace<BatchState, ImageRecord> trace(boolean predicts) {
    RecordedTrace<BatchState, ImageRecord> trace =
        new RecordedTrace<>(HEADER, new BatchState(values(0), 1, 0.1, 0.9));
    for (int step = 0; step < 2; step++) {
      Optional<float[]> predicted = predicts ? Optional.of(values(10 + step)) : Optional.empty();
      Optional<float[]> noise = predicts ? Optional.of(values(20 + step)) : Optional.empty();
      var next = new BatchState(values(step + 1), 0.5 - 0.5 * step, step, 1 - step);
      trace.append(new ImageRecord(predicted, noise, next, step + 1));
    }
    return trace;
  }

  private static float[] values(int first) {
    float[] values = new float[SHAPE.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i / 100f;
    }
    return values;
  }
}
