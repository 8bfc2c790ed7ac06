package dev.unmask.engine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.run.Replay;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as other tools write them, written by hand from the descriptions of their formats. */
class ConversionTest {
  private static final int MASK = 9;

  @TempDir private Path folder;

  @Test
  void aTrajectoryOfDiffusersShowsItsTextsAndWhatWasNotStarted() throws IOException {
    Imported imported =
        read(
            """
            {"method": "llada2", "label": "LLaDA2", "subtitle": "", "model_id": "some/model",
             "prompt": "Why?", "gen_length": 3, "block_length": 2, "mask_token_id": 9,
             "frames": [{"step": 0, "ids": [1, 9, -1]}, {"step": 1, "ids": [1, 2, 9]}],
             "vocab": {"1": " a", "2": " b", "9": ""}}
            """);
    assertStates(imported.trace(), new int[][] {{1, 9, -1}, {1, 2, 9}});
    assertThat(imported.trace().header().tokens().maskId()).isEqualTo(MASK);
    assertThat(imported.trace().header().noise()).isEqualTo("absorbing");
    assertThat(imported.trace().header().model().name()).isEqualTo("some/model");
    assertThat(imported.trace().header().tokens().text(2)).isEqualTo(" b");
    assertThat(imported.known()).containsExactly("tokens");
    assertThat(events(imported.trace(), 0))
        .containsExactly(Event.NONE, Event.COMMITTED, Event.STARTED);
  }

  @Test
  void aTrajectoryWithoutAMaskHasNone() throws IOException {
    Imported imported =
        read("{\"mask_token_id\": null, \"frames\": [{\"ids\": [1, 2]}, {\"ids\": [1, 3]}]}");
    assertThat(imported.trace().header().tokens().maskId()).isEqualTo(-1);
    assertThat(imported.trace().header().noise()).isEmpty();
    assertThat(events(imported.trace(), 0)).containsExactly(Event.NONE, Event.EDITED);
    assertThat(imported.unknown()).contains("which token is the mask", "the sampler");
  }

  @Test
  void aHistoryOfStatesTellsItsMaskByHavingBeenFullOfIt() throws IOException {
    Imported imported = read("{\"histories\": [[[5, 9, 9]], [[5, 9, 4]], [[5, 3, 4]]]}");
    assertStates(imported.trace(), new int[][] {{5, 9, 9}, {5, 9, 4}, {5, 3, 4}});
    assertThat(imported.trace().header().tokens().maskId()).isEqualTo(MASK);
    assertThat(imported.trace().state(0).marks()).containsExactly(Mark.PROMPT, 0, 0);
    assertThat(breaches(imported.trace())).isEmpty();
  }

  @Test
  void aHistoryMayBeAListOfListsOrArraysOfAnArchive() throws IOException {
    int[][] states = {{5, 9, 9}, {5, 3, 9}};
    assertStates(read("[[5, 9, 9], [5, 3, 9]]").trace(), states);
    assertStates(npz("histories", NumpyFiles.int64("(2, 1, 3)", 5, 9, 9, 5, 3, 9)).trace(), states);
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("arr_0.npy", NumpyFiles.int64("(1, 3)", 5, 9, 9));
    arrays.put("arr_1.npy", NumpyFiles.int64("(1, 3)", 5, 3, 9));
    assertStates(read(NumpyFiles.zip(arrays), Choices.NONE).trace(), states);
    assertStates(read(NumpyFiles.int64("(2, 3)", 5, 9, 9, 5, 3, 9), Choices.NONE).trace(), states);
  }

  @Test
  void arraysAreReadInEitherOrderOfDimensionsAndBytes() throws IOException {
    byte[] columns = {0, 5, 0, 5, 0, 9, 0, 3, 0, 9, 0, 9};
    byte[] array = NumpyFiles.array("'>u2'", "True", "(2, 3)", columns);
    assertStates(read(array, Choices.NONE).trace(), new int[][] {{5, 9, 9}, {5, 3, 9}});
  }

  @Test
  void oneSequenceOfABatchIsTaken() throws IOException {
    Choices second = new Choices(Optional.of(MASK), Optional.of(1), 1, List.of());
    Imported imported = read("[[[1, 9], [2, 9]], [[1, 3], [2, 4]]]".getBytes(), second);
    assertStates(imported.trace(), new int[][] {{2, 9}, {2, 4}});
  }

  @Test
  void statesThatGrowHaveNotReachedTheirLastPositionsAtFirst() throws IOException {
    assertStates(
        read("[[5, 9], [5, 3], [5, 3, 9]]").trace(),
        new int[][] {{5, 9, -1}, {5, 3, -1}, {5, 3, 9}});
  }

  @Test
  void aBreachOfWhatAnySamplerKeepsIsFound() throws IOException {
    Imported imported = read("[[5, 9, 9], [6, 3, 9], [6, 3, 2]]");
    assertThat(breaches(imported.trace()))
        .containsExactly(new Breach(1, 0, "the given token at position 0 was changed"));
  }

  @Test
  void predictionsWithCommitsAreReplayedAndCountOnlyWhereThereWasAMask() throws IOException {
    Imported imported =
        read(
            """
            {"x0_history": [[[70, 71, 1, 2, 3], [70, 71, 4, 5, 6]], [[70, 71, 7, 8, 1]]],
             "true_indices_history": [[[[0, 3]], [[0, 2], [0, 3], [0, 0]]], [[]]],
             "prompt_token_len": 2, "gen_ids": [4, 2, 6], "mask_id": 9, "pred_text": "x"}
            """);
    assertStates(imported.trace(), new int[][] {{9, 9, 9}, {9, 2, 9}, {4, 2, 9}, {4, 2, 6}});
    assertThat(imported.trace().step(1).decision().predicted()).containsExactly(4, 5, 6);
    assertThat(imported.known()).containsExactlyInAnyOrder("tokens", "predicted", "marks");
    assertThat(imported.trace().header().source().orElseThrow()).contains("a prompt of 2 tokens");
  }

  @Test
  void aMaskThatIsNotToldIsAFreeId() throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x0_history.npy", NumpyFiles.int64("(2, 3)", 7, 1, 2, 7, 3, 4));
    arrays.put("true_indices_history.npy", NumpyFiles.int64("(2, 1, 2)", 0, 1, 0, 2));
    arrays.put("prompt_token_len.npy", NumpyFiles.int64("()", 1));
    Imported imported = read(NumpyFiles.zip(arrays), Choices.NONE);
    assertStates(imported.trace(), new int[][] {{5, 5}, {1, 5}, {1, 4}});
  }

  @Test
  void aStepMapShowsWhenEachTokenWasFirstUnmasked() throws IOException {
    assertStates(
        read("{\"token_ids\": [4, 5, 6], \"step_map\": [0, 2, 0], \"mask_id\": 9}").trace(),
        new int[][] {{9, 9, 9}, {4, 9, 6}, {4, 9, 6}, {4, 5, 6}});
    Imported pieces =
        read("{\"data\": [{\"pieces\": [\"a\", \" b\"], \"first_unmask_times\": [1, 0]}]}");
    assertStates(pieces.trace(), new int[][] {{2, 2}, {2, 1}, {0, 1}});
    assertThat(pieces.trace().header().tokens().text(1)).isEqualTo(" b");
  }

  @Test
  void aSampleProcessMayHoldItsOwnSignsAsTokens() throws IOException {
    Imported imported = read("1, *<|mdm_mask|>&* a&*&&***&\n2, * b&* a&*&&***&\n");
    Trace<TokenState, TokenRecord> trace = imported.trace();
    assertStates(trace, new int[][] {{0, 1, 2, 3}, {4, 1, 2, 3}});
    assertThat(trace.header().tokens().maskId()).isZero();
    assertThat(trace.header().tokens().vocabulary())
        .containsExactly("<|mdm_mask|>", " a", "&", "**", " b");
    assertThat(events(trace, 0)).startsWith(Event.COMMITTED, Event.NONE);
  }

  @Test
  void linesOfJsonTellPredictionsAndConfidenceIfTheyHaveThem() throws IOException {
    Imported imported =
        read(
            """
            {"mask_id": 9, "model": "mine", "vocabulary": ["a", "b", "c"]}
            {"step": 0, "ids": [1, -1]}
            {"step": 2, "ids": [1, 2], "predicted": [-1, 2], "confidence": [NaN, 0.5]}
            """);
    assertStates(imported.trace(), new int[][] {{1, -1}, {1, 2}});
    assertThat(imported.trace().step(0).decision().predicted()).containsExactly(-1, 2);
    assertThat(imported.trace().step(0).decision().confidence()).containsExactly(Float.NaN, 0.5f);
    assertThat(imported.trace().header().model().name()).isEqualTo("mine");
    assertThat(imported.known()).contains("predicted", "confidence");
  }

  @Test
  void whatIsUnknownStaysUnknownInTheTraceThatIsWritten() throws IOException {
    Imported imported = read("[[5, 9, 9], [5, 3, 9]]");
    Path file = folder.resolve("a.trace.safetensors");
    imported.write(file);
    for (StoredTrace<TokenState, TokenRecord> trace :
        List.of(TraceKind.TOKENS.open(file), imported.stored())) {
      try (trace) {
        assertStates(trace, new int[][] {{5, 9, 9}, {5, 3, 9}});
        assertThat(trace.step(0).decision().predicted()).containsOnly(-1);
        assertThat(trace.step(0).decision().confidence()).containsOnly(Float.NaN);
        assertThat(trace.state(1).time()).isNaN();
        assertThat(trace.state(1).evaluations()).isEqualTo(-1);
        assertThat(trace.header().random()).isEqualTo("none");
        assertThat(trace.header().segments()).isEmpty();
      }
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("\"tokens\"")
        .doesNotContain("\"predicted\"", "\"time\"", "\"marks\"");
  }

  @Test
  void aTraceOpensAsItself() throws IOException {
    Path file = folder.resolve("named-otherwise");
    read("[[5, 9], [5, 3]]").write(file);
    try (var trace = Conversion.open(file)) {
      assertStates(trace, new int[][] {{5, 9}, {5, 3}});
    }
  }

  private Imported npz(String name, byte[] array) throws IOException {
    return read(NumpyFiles.zip(Map.of(name + ".npy", array)), Choices.NONE);
  }

  private Imported read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8), Choices.NONE);
  }

  private Imported read(byte[] bytes, Choices choices) throws IOException {
    return Conversion.read(Files.write(folder.resolve("foreign"), bytes), choices);
  }

  private static void assertStates(Trace<TokenState, TokenRecord> trace, int[][] states) {
    assertThat(trace.steps()).isEqualTo(states.length - 1);
    for (int i = 0; i < states.length; i++) {
      assertThat(trace.state(i).tokens()).as("state %d", i).containsExactly(states[i]);
    }
  }

  private static List<Breach> breaches(Trace<TokenState, TokenRecord> trace) {
    Replay replay = Replay.of(trace);
    return IntStream.range(0, trace.steps())
        .boxed()
        .flatMap(step -> replay.moment(step).breaches().stream())
        .toList();
  }

  private static List<Event> events(Trace<TokenState, TokenRecord> trace, int step) {
    return IntStream.range(0, trace.header().tokens().length())
        .mapToObj(
            i ->
                Event.at(
                    i,
                    trace.header().tokens().maskId(),
                    trace.state(step),
                    trace.step(step).decision()))
        .toList();
  }
}
