package dev.unmask.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadSafetensorsTest {
  @TempDir Path folder;

  static Stream<Arguments> lies() {
    String whole = "{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    return Stream.of(
        lie("overlap", "{'a':" + whole + ",'b':" + whole + "}", 8, "overlaps"),
        lie(
            "half overlap",
            "{'a':" + whole + ",'b':{'dtype':'U8','shape':[8],'data_offsets':[4,12]}}",
            12,
            "overlaps"),
        lie("gap", "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}", 8, "gap"),
        lie("data left over", "{'a':" + whole + "}", 9, "8 bytes and 9 follow"),
        lie("data missing", "{'a':" + whole + "}", 7, "8 bytes and 7 follow"),
        lie("data of no tensor", "{}", 1, "0 bytes and 1 follow"),
        lie(
            "size",
            "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
            8,
            "has 8 bytes where its shape and type need 12"),
        lie(
            "backwards",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
            8,
            "has -8 bytes"),
        lie(
            "overflow of elements",
            "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}}",
            0,
            "too large to exist"),
        lie(
            "overflow beside nothing",
            "{'a':{'dtype':'F32','shape':[0,4294967296,4294967296],'data_offsets':[0,0]}}",
            0,
            "too large to exist"),
        lie(
            "overflow of bytes",
            "{'a':{'dtype':'F64','shape':[4611686018427387904],'data_offsets':[0,0]}}",
            0,
            "too large to exist"),
        lie(
            "shape beyond 64 bits",
            "{'a':{'dtype':'F32','shape':[36893488147419103232],'data_offsets':[0,0]}}",
            0,
            "shape of tensor \"a\""),
        lie(
            "negative shape",
            "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
            8,
            "shape of tensor \"a\""),
        lie(
            "fractional offset",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8.0]}}",
            8,
            "data_offsets of tensor \"a\""),
        lie(
            "three offsets",
            "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}",
            8,
            "not two numbers"),
        lie(
            "shape by name",
            "{'a':{'dtype':'F32','shape':{'b':2},'data_offsets':[0,8]}}",
            8,
            "shape of tensor \"a\""),
        lie("no shape", "{'a':{'dtype':'F32','data_offsets':[0,8]}}", 8, "shape of tensor \"a\""),
        lie("not an object", "{'a':5}", 0, "\"a\" has element type \"\""),
        lie("one name twice", "{'a':" + whole + ",'a':" + whole + "}", 8, "Duplicate field"),
        lie("array", "[1]", 0, "not a JSON object"),
        lie("number", "7", 0, "not a JSON object"),
        lie("nothing", "", 0, "not a JSON object"),
        lie(
            "cut JSON",
            "{'a':",
            0,
            "not JSON (Unexpected end-of-input within/between Object entries);"),
        lie("two values", "{}{}", 0, "not JSON"),
        lie("metadata number", "{'__metadata__':{'a':1}}", 0, "not an object of strings"),
        lie("metadata list", "{'__metadata__':[]}", 0, "not an object of strings"),
        lie(
            "unknown type",
            "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}",
            8,
            "\"a\" has element type \"F8_E4M3\""));
  }

  private static Arguments lie(String name, String header, int dataBytes, String complaint) {
    return Arguments.of(name, header.replace('\'', '"'), dataBytes, complaint);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void aLieIsNamedInOneSentence(String name, String header, int dataBytes, String complaint)
      throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    assertRefused(file(text.length, text, dataBytes), complaint);
  }

  @Test
  void aHeaderOfInvalidUtf8IsRefused() throws IOException {
    assertRefused(file(2, new byte[] {(byte) 0xC3, (byte) 0x28}, 0), "not UTF-8");
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() throws IOException {
    assertRefused(file(11, new byte[] {'{', '}'}, 0), "11 bytes and the file has 10");
  }

  @Test
  void aHugeHeaderIsRefusedBeforeItIsRead() throws IOException {
    assertRefused(file(100_000_001, new byte[0], 0), "100000001 bytes");
    assertRefused(file(-1, new byte[0], 0), "18446744073709551615 bytes");
  }

  @Test
  void aFileWithoutEvenALengthIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("bad.safetensors"), new byte[7]);
    assertRefused(file, "only 7 bytes");
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    Path whole = GoldenFiles.path("tiny_llada/tiny_gqa.safetensors");
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length += 1 + length / 3) {
      Path cut = folder.resolve("cut.safetensors");
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertRefused(cut, "is not a whole safetensors file");
    }
  }

  @Test
  void aMissingFileAndAFolderAreRefused() {
    assertRefused(folder.resolve("nowhere"), "is not a file");
    assertRefused(folder, "is not a file");
  }

  private Path file(long headerSize, byte[] header, int dataBytes) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(headerSize)
            .put(header);
    return Files.write(folder.resolve("bad.safetensors"), bytes.array());
  }

  private static void assertRefused(Path file, String complaint) {
    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(complaint)
        .satisfies(e -> assertThat(e.getMessage()).endsWith(".").hasSizeLessThan(400))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }
}
