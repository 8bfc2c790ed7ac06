package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.trace.RecordedImages.Batch;
import dev.unmask.engine.trace.RecordedImages.Step;
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
  private static final ImageHeader HEADER =
      new ImageHeader(
          new TraceHeader.Model("fashion", "ab"),
          SHAPE,
          "vp-linear",
          "ddim",
          Map.of("steps", 2, "eta", 0.5),
          List.of(3, 4),
          1.5,
          7,
          Optional.of("emoji 12"),
          "1");

  @TempDir private Path folder;

  @Test
  void readsWhatWasWritten() {
    RecordedImages trace = trace(true);
    Path file = folder.resolve("a.trace.safetensors");
    ImageTraceFile.write(file, trace);
    assertThat(ImageTraceFile.is(file)).isTrue();
    try (StoredImages read = ImageTraceFile.open(file)) {
      assertThat(read.header()).isEqualTo(HEADER);
      assertThat(read.steps()).isEqualTo(2);
      for (int step = 0; step < 2; step++) {
        assertThat(read.x(step)).isEqualTo(trace.x(step));
        assertThat(read.predicted(step).orElseThrow()).isEqualTo(trace.predicted(step).get());
        assertThat(read.noise(step).orElseThrow()).isEqualTo(trace.noise(step).get());
        assertThat(read.evaluations(step)).isEqualTo(step + 1);
      }
      assertThat(read.x(2)).isEqualTo(trace.x(2));
      assertThat(read.time(0)).isEqualTo(1);
      assertThat(read.time(2)).isZero();
      assertThat(read.alpha(0)).isEqualTo(0.1);
      assertThat(read.sigma(0)).isEqualTo(0.9);
    }
  }

  @Test
  void aRunThatIsStoppedLeavesItsStepsInAPart() {
    Path file = folder.resolve("a.trace.safetensors");
    RecordedImages whole = trace(true);
    var growing = new RecordedImages(HEADER, new Batch(values(0), 1, 0.1, 0.9));
    try (ImageRecorder recorder = ImageRecorder.create(file, growing)) {
      growing.append(
          new Step(
              whole.predicted(0),
              whole.noise(0),
              new Batch(whole.x(1), whole.time(1), whole.alpha(1), whole.sigma(1)),
              1));
      recorder.record();
    }
    assertThat(file).doesNotExist();
    Path part = TraceRecorder.partOf(file);
    assertThat(ImageTraceFile.is(part)).isTrue();
    try (StoredImages read = ImageTraceFile.open(part)) {
      assertThat(read.header()).isEqualTo(HEADER);
      assertThat(read.steps()).isEqualTo(1);
      assertThat(read.x(1)).isEqualTo(whole.x(1));
      assertThat(read.noise(0).orElseThrow()).isEqualTo(whole.noise(0).get());
      assertThat(read.time(1)).isEqualTo(whole.time(1));
    }
  }

  @Test
  void whatNotEveryStepOfAStoppedRunToldIsUnknown() {
    Path file = folder.resolve("a.trace.safetensors");
    try (ImageRecorder recorder = ImageRecorder.create(file, trace(false))) {
      recorder.record();
    }
    try (StoredImages read = ImageTraceFile.open(TraceRecorder.partOf(file))) {
      assertThat(read.steps()).isEqualTo(2);
      assertThat(read.predicted(0)).isEmpty();
      assertThat(read.noise(1)).isEmpty();
      assertThat(read.evaluations(1)).isEqualTo(2);
    }
  }

  @Test
  void anInterruptDisturbsNothingThatIsWritten() {
    Path file = folder.resolve("a.trace.safetensors");
    try (ImageRecorder recorder =
        ImageRecorder.create(file, new RecordedImages(HEADER, new Batch(values(0), 1, 1, 0)))) {
      Thread.currentThread().interrupt();
      recorder.finish();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(ImageTraceFile.is(file)).isTrue();
  }

  @Test
  void leavesUnknownWhatAForwardTraceDoesNotPredict() {
    Path file = folder.resolve("forward.trace.safetensors");
    ImageTraceFile.write(file, trace(false));
    try (StoredImages read = ImageTraceFile.open(file)) {
      assertThat(read.predicted(0)).isEmpty();
      assertThat(read.noise(1)).isEmpty();
    }
  }

  @Test
  void playsAFileThatHoldsNothingButX() {
    Path file = write(Map.of(), entry("x", ElementType.F32, 2, 1, 1, 2, 2), new float[8]);
    try (StoredImages read = ImageTraceFile.open(file)) {
      assertThat(read.steps()).isEqualTo(1);
      assertThat(read.time(0)).isNaN();
      assertThat(read.alpha(1)).isNaN();
      assertThat(read.evaluations(0)).isEqualTo(-1);
      assertThat(read.header().labels()).isEmpty();
    }
  }

  @Test
  void knowsATraceOfTokensFromOneOfImages() {
    Path tokens = folder.resolve("tokens.trace.safetensors");
    TraceFile.write(tokens, HandMadeTrace.of(2));
    assertThat(ImageTraceFile.is(tokens)).isFalse();
    assertThat(ImageTraceFile.is(folder)).isFalse();
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
    assertThatThrownBy(() -> ImageTraceFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("time")
        .hasMessageContaining("is needed");
  }

  private void refuses(Map<String, String> metadata, Entry x, float[] data, String words) {
    Path file = write(metadata, x, data);
    assertThatThrownBy(() -> ImageTraceFile.open(file))
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

  private static RecordedImages trace(boolean predicts) {
    var trace = new RecordedImages(HEADER, new Batch(values(0), 1, 0.1, 0.9));
    for (int step = 0; step < 2; step++) {
      Optional<float[]> predicted = predicts ? Optional.of(values(10 + step)) : Optional.empty();
      Optional<float[]> noise = predicts ? Optional.of(values(20 + step)) : Optional.empty();
      var next = new Batch(values(step + 1), 0.5 - 0.5 * step, step, 1 - step);
      trace.append(new Step(predicted, noise, next, step + 1));
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
