package dev.unmask.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                                     | it is empty",
        "hello                                  | of no format that is known",
        "{}                                     | of no format that is known",
        "[1, 2]                                 | of no format that is known",
        "[[1, 2], [1                            | not whole JSON",
        "{\"a\": 1, \"a\": 2}                   | not whole JSON",
        "[[1, 2], [1]]                          | state 1 has 1 tokens where the one before it has 2",
        "[[[1, 2], [1]]]                        | sequences of different lengths",
        "[[1, 2], [1, 1.5]]                     | state 1 holds 1.5, which is no id",
        "[[1, 2], [1, -7]]                      | state 1 holds -7, which is no id",
        "[[1, 2], [1, 4000000000]]              | state 1 holds 4000000000, which is no id",
        "[[1, 2], [1, null]]                    | state 1 holds NaN, which is no id",
        "[[1, 2], \"x\"]                        | of no format that is known",
        "[[], []]                               | no token",
        "{\"histories\": []}                    | no list, or an empty one",
        "{\"histories\": [[1]], \"mask_id\": \"x\"} | its mask_id",
        "{\"frames\": []}                       | its list of frames is no list",
        "{\"frames\": [{\"step\": 1}]}          | frame 0 has no ids",
        "{\"frames\": [{\"ids\": [1]}, {\"ids\": []}]} | frame 1 has 0 ids and frame 0 has 1",
        "{\"frames\": [{\"ids\": [1]}], \"vocab\": {\"x\": \"y\"}} | names \"x\"",
        "{\"x0_history\": [[1]]}                | does not tell prompt_token_len",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 0} | no true_indices_history",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 1, \"true_indices_history\": [[]]} | leaves nothing of 1",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 0, \"true_indices_history\": [[], []]} | of 1 steps and commits of 2",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 0, \"true_indices_history\": [[[0, 5]]]} | step 0 commits position 5 of 1",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 0, \"true_indices_history\": [[0, 5, 1]]} | no list of (batch, position)",
        "{\"x0_history\": [[1]], \"prompt_token_len\": 0, \"true_indices_history\": [[[0, 0]]], \"gen_ids\": [2]} | commit token 1 at position 0 of the answer, where gen_ids has 2",
        "{\"step_map\": [0, 1]}                 | neither the token_ids",
        "{\"step_map\": [0, 1], \"ids\": [1]}   | of 2 tokens and there are 1",
        "{\"step_map\": [-1], \"ids\": [1]}     | holds −1",
        "{\"step_map\": [4000000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], \"ids\": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]} | names step 4000000",
        "1, *a&*b&\\n2, *a&                     | step 2 has 1 tokens and the first 2",
        "1, *a&*b&\\n1, *a&*b&                  | step 1 comes after step 1",
        "1, *a&*b&\\nend                        | line 2 is no step",
        "{\"ids\": [1]}\\n{\"step\": 1}          | state 1 has no ids",
        "{\"step\": 2, \"ids\": [1]}\\n{\"step\": 1, \"ids\": [1]} | step 1 comes after step 2",
        "{\"vocabulary\": [\"a\"]}\\n{\"ids\": [3]} | state 0 holds token 3 and the vocabulary has 1",
        "{\"ids\": [1]}\\n{\"ids\": [1], \"confidence\": [1, 2]} | no list of 1 numbers",
        "{\"ids\": [1, 2]}\\n{\"ids\": [1, 2], \"predicted\": [1, 2]}\\n{\"ids\": [1]} | state 2 has 1 tokens where the one before it has 2",
        "{\"ids\": [1]}\\n{\"ids\": [1], \"predicted\": [1, 2]} | 2 predicted tokens and 1 positions",
      })
  void aBrokenTextIsToldInOneSentence(String text, String sentence) throws IOException {
    assertRefused(text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8), sentence);
  }

  @Test
  void aTextThatGoesTooDeepIsToldInOneSentence() throws IOException {
    assertRefused("[".repeat(2000).getBytes(StandardCharsets.UTF_8), "it goes too deep");
  }

  static Stream<Arguments> brokenArrays() {
    byte[] whole = NumpyFiles.int64("(2, 3)", 5, 9, 9, 5, 3, 9);
    byte[] archive = NumpyFiles.zip(Map.of("arr_0.npy", whole));
    byte[] damaged = archive.clone();
    damaged[45] ^= 1;
    return Stream.of(
        Arguments.of("no UTF-8", new byte[] {(byte) 0xC3, 0x28}, "nor text in UTF-8"),
        Arguments.of("cut", Arrays.copyOf(archive, archive.length - 30), "not a whole zip"),
        Arguments.of("damaged", damaged, "cannot be"),
        Arguments.of("cut array", Arrays.copyOf(whole, whole.length - 1), "and has 47"),
        Arguments.of("cut header", Arrays.copyOf(whole, 20), "cut short"),
        Arguments.of("huge", NumpyFiles.int64("(999999999, 999999999)", 1), "which no trace has"),
        Arguments.of("huge", NumpyFiles.int64("(99999999999, 1)", 1), "has the shape"),
        Arguments.of("two numbers as one", NumpyFiles.int64("(1 2)", 1), "has the shape"),
        Arguments.of("none", NumpyFiles.int64("(999999999, 0)"), "which no trace has"),
        Arguments.of("text", array("'<U4'", "(1,)"), "the element type U4"),
        Arguments.of("complex", array("'<c8'", "(1,)"), "the element type c8"),
        Arguments.of("records", array("[('a', '<i4')]", "(1,)"), "an array of records"),
        Arguments.of("float", array("'<f8'", "(1, 1)"), "which is no id"),
        Arguments.of("empty", NumpyFiles.zip(Map.of("x.txt", new byte[1])), "\"x.txt\""),
        Arguments.of("other", NumpyFiles.zip(Map.of("x.npy", whole)), "of no format"),
        Arguments.of("no array", NumpyFiles.zip(Map.of("arr_0.npy", new byte[3])), "no NumPy"));
  }

  private static byte[] array(String type, String shape) {
    return NumpyFiles.array(type, "False", shape, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("brokenArrays")
  void aBrokenArrayIsToldInOneSentence(String what, byte[] bytes, String sentence)
      throws IOException {
    assertRefused(bytes, sentence);
  }

  static Stream<byte[]> pickles() {
    return Stream.of(
        new byte[] {(byte) 0x80, 2, '}', '.'},
        NumpyFiles.zip(Map.of("archive/data.pkl", new byte[] {(byte) 0x80, 2})),
        array("'|O'", "(1,)"),
        NumpyFiles.zip(Map.of("histories.npy", array("'|O'", "(1,)"))));
  }

  @ParameterizedTest
  @MethodSource("pickles")
  void aPickleIsRefusedWithAWayToConvertIt(byte[] bytes) throws IOException {
    assertRefused(bytes, "is a pickle, which can run code");
    assertRefused(bytes, "json.dump(torch.load(");
  }

  @Test
  void anIdBeyondTheTokenizerIsNamed() throws IOException {
    Choices small = new Choices(Optional.of(9), Optional.empty(), 0, List.of("a", "b"));
    Path file = Files.writeString(folder.resolve("foreign"), "[[1, 9], [1, 7]]");
    assertThatThrownBy(() -> Conversion.read(file, small))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it holds token 7 and the tokenizer has 2");
  }

  @Test
  void anArchiveThatUnpacksToTooMuchIsNotUnpacked() throws IOException {
    byte[] bytes = NumpyFiles.zip(Map.of("arr_0.npy", new byte[3]));
    // The unpacked size in the central directory, which is what a reader goes by.
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    Arrays.fill(bytes, directory + 24, directory + 27, (byte) 0xFF);
    bytes[directory + 27] = 0x7F;
    assertRefused(bytes, "it unpacks to more than");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Conversion.open(folder.resolve("nope")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a file");
  }

  private void assertRefused(byte[] bytes, String sentence) throws IOException {
    Path file = Files.write(folder.resolve("foreign"), bytes);
    assertThatThrownBy(() -> Conversion.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).startsWith(file.toString()).endsWith("."));
  }
}
