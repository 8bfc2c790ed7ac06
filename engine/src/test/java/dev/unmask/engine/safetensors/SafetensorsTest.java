package dev.unmask.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final ValueLayout.OfLong HEADER_SIZE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final float[] NUMBERS = {1.5f, -0f, 65504f, 1e-7f, Float.NaN};

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(
        new Entry("bytes", ElementType.U8, 3), Source.of(new Values.U8(new byte[] {1, 2, -1})));
    tensors.put(new Entry("floats", ElementType.F32, 5, 1), Source.of(NUMBERS));
    tensors.put(
        new Entry("doubles", ElementType.F64), Source.of(new Values.F64(new double[] {Math.PI})));
    tensors.put(
        new Entry("ints", ElementType.I32, 2), Source.of(new Values.I32(new int[] {-1, 7})));
    tensors.put(
        new Entry("longs", ElementType.I64, 1),
        Source.of(new Values.I64(new long[] {Long.MIN_VALUE})));
    tensors.put(new Entry("none", ElementType.F32, 0, 4), Source.of());
    Path file = folder.resolve("file.safetensors");
    SafetensorsWriter.write(file, Map.of("format", "a \"b\"\n", "a", ""), tensors);

    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.metadata()).isEqualTo(Map.of("format", "a \"b\"\n", "a", ""));
      assertThat(read.entries().values()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
      assertThat(((Values.U8) read.values("bytes")).data()).containsExactly(1, 2, -1);
      assertThat(((Values.F32) read.values("floats")).data()).containsExactly(NUMBERS);
      assertThat(((Values.F64) read.values("doubles")).data()).containsExactly(Math.PI);
      assertThat(read.floats("doubles")).containsExactly((float) Math.PI);
      assertThat(((Values.I32) read.values("ints")).data()).containsExactly(-1, 7);
      assertThat(((Values.I64) read.values("longs")).data()).containsExactly(Long.MIN_VALUE);
      assertThat(read.floats("none")).isEmpty();
      assertThat(read.data("ints").byteSize()).isEqualTo(8);
    }
  }

  @Test
  void halfPrecisionIsReadAsFloats() {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(new Entry("half", ElementType.F16, 5), Source.asFloat16(NUMBERS));
    tensors.put(new Entry("brain", ElementType.BF16, 5), Source.asBfloat16(NUMBERS));
    Path file = folder.resolve("half.safetensors");
    SafetensorsWriter.write(file, Map.of(), tensors);

    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.floats("half")).containsExactly(1.5f, -0f, 65504f, 0x1p-23f, Float.NaN);
      assertThat(read.floats("brain"))
          .containsExactly(1.5f, -0f, 65536f, Float.intBitsToFloat(0x33D7_0000), Float.NaN);
    }
  }

  @Test
  void tensorsLargerThanABufferAreWrittenWhole() {
    float[] many = new float[50_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    MemorySegment offHeap = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, many);
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(new Entry("many", ElementType.F32, many.length), Source.of(many));
    tensors.put(new Entry("segment", ElementType.F32, many.length), Source.of(offHeap));
    Path file = folder.resolve("many.safetensors");
    SafetensorsWriter.write(file, Map.of(), tensors);

    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.floats("many")).containsExactly(many);
      assertThat(read.floats("segment")).containsExactly(many);
    }
  }

  @Test
  void theSameInputGivesTheSameAlignedBytes() throws IOException {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(new Entry("odd", ElementType.U8, 1), Source.of(new Values.U8(new byte[] {9})));
    tensors.put(new Entry("wide", ElementType.F32, 1), Source.of(2f));
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    SafetensorsWriter.write(one, Map.of("b", "2", "a", "1", "c", "3"), tensors);
    SafetensorsWriter.write(two, Map.of("c", "3", "b", "2", "a", "1"), tensors);

    assertThat(two).hasSameBinaryContentAs(one);
    long headerSize = MemorySegment.ofArray(Files.readAllBytes(one)).get(HEADER_SIZE, 0);
    assertThat(headerSize % 8).isZero();
    try (SafetensorsFile read = SafetensorsFile.open(one)) {
      assertThat(read.data("wide").address() % 4).isZero();
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("kept"), "old");
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(new Entry("short", ElementType.F32, 3), Source.of(1f, 2f));

    assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), tensors))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFolderThatIsMissingIsNamed() {
    Path file = folder.resolve("missing").resolve("file");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of(), new LinkedHashMap<>()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aTensorThatIsMissingOrOfAnotherTypeIsNamed() {
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    tensors.put(new Entry("ints", ElementType.I32, 1), Source.of(new Values.I32(new int[] {1})));
    Path file = folder.resolve("ints.safetensors");
    SafetensorsWriter.write(file, Map.of(), tensors);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThatThrownBy(() -> read.floats("ints")).isInstanceOf(InputException.class);
      assertThatThrownBy(() -> read.entry("wte"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("\"wte\"");
    }
  }

  @Test
  void aFileOfThePythonPackageIsRead() {
    try (SafetensorsFile read =
        SafetensorsFile.open(GoldenFiles.path("tiny_llada/tiny_gqa.safetensors"))) {
      assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(read.entry("model.transformer.blocks.1.k_proj.weight").shape())
          .containsExactly(32, 64);
      assertThat(read.floats("model.transformer.ln_f.weight"))
          .hasSize(64)
          .startsWith(0.97841585f, 1.0517415f);
    }
  }
}
