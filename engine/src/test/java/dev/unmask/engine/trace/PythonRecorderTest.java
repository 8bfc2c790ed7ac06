package dev.unmask.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What samples/python/unmask_recorder.py wrote when example_llada.py ran with PyTorch. */
class PythonRecorderTest {
  @Test
  void theRecordingOfAPythonRunIsWhole() throws URISyntaxException {
    try (var trace = open("llada.trace.safetensors")) {
      assertThat(trace.steps()).isEqualTo(16);
      assertThat(text(trace)).isEqualTo("jack and jill went up the hill to fetch ");
      assertThat(trace.header().model().name()).isEqualTo("toy rhyme");
      assertThat(trace.header().segments().getFirst().settings()).containsEntry("block", 16);
      assertThat(trace.cells().rows().keySet())
          .containsExactlyInAnyOrder(
              "tokens",
              "marks",
              "time",
              "predicted",
              "confidence",
              "entropy",
              "candidate_ids",
              "candidate_probabilities",
              "evaluations",
              "context",
              "memory.answer");
      assertThat(Mark.promptLength(trace.state(0).marks())).isEqualTo(8);
      for (int step = 0; step < trace.steps(); step++) {
        assertStep(trace, step);
      }
      assertThat(trace.state(16).time()).isZero();
    }
  }

  private static void assertStep(Trace<TokenState, TokenRecord> trace, int step) {
    int mask = trace.header().tokens().maskId();
    TokenState before = trace.state(step);
    TokenRecord record = trace.step(step);
    for (Invariant rule : Invariant.values()) {
      assertThat(rule.check(mask, before, record)).isEmpty();
    }
    assertThat(record.decision().next().evaluations()).isEqualTo(step + 1);
    int committed = 0;
    for (int i = 0; i < before.length(); i++) {
      boolean masked = before.tokens()[i] == mask;
      assertThat(record.decision().predicted()[i] >= 0).isEqualTo(masked);
      assertThat(Float.isNaN(record.entropy()[i])).isEqualTo(!masked);
      if (masked) {
        // The prediction is the most probable token, and the confidence its probability.
        int best = i * record.candidates().perPosition();
        assertThat(record.candidates().ids()[best]).isEqualTo(record.decision().predicted()[i]);
        assertThat(record.candidates().probabilities()[best])
            .isCloseTo(record.decision().confidence()[i], within(1e-3f));
      }
      if (Event.at(i, mask, before, record.decision()) == Event.COMMITTED) {
        committed++;
        assertThat(record.decision().next().tokens()[i])
            .isEqualTo(record.decision().predicted()[i]);
      }
    }
    assertThat(committed).isEqualTo(2);
  }

  /**
   * Written by: start([0, 9, 9]), step([0, 1, 9], confidence=[0, 0.75, 0.5], rule="rank",
   * measure="probability", quota=1), step([0, 1, 2], rule=[None, None, "chance"], chance=0.25,
   * draw=[0, 0, 0.125]).
   */
  @Test
  void whatAPythonSamplerTellsIsRead() throws URISyntaxException {
    try (var trace = open("told.trace.safetensors")) {
      assertThat(trace.cells().rows().keySet())
          .contains("rule", "measure", "quota", "chance", "draw")
          .doesNotContain("score", "threshold");
      Grounds first = trace.step(0).decision().grounds();
      assertThat(first.quota()).isEqualTo(1);
      assertThat(first.measure()).isEqualTo(Measure.PROBABILITY);
      assertThat(first.rule(0)).isEqualTo(Rule.UNTOLD);
      assertThat(first.rule(2)).isEqualTo(Rule.RANK);
      assertThat(first.chance(2)).isNaN();
      Grounds second = trace.step(1).decision().grounds();
      assertThat(second.quota()).isEqualTo(-1);
      assertThat(second.rule(2)).isEqualTo(Rule.CHANCE);
      assertThat(second.chance(2)).isEqualTo(0.25f);
      assertThat(second.draw(2)).isEqualTo(0.125f);
      assertThat(second.draw(1)).isNaN();
    }
  }

  @Test
  void theRecorderNumbersRulesAndMeasuresAsThisProgramDoes() throws IOException {
    String recorder =
        Files.readString(Path.of("..", "samples", "python", "unmask_recorder.py"))
            .replaceAll("\\s+", " ");
    assertThat(recorder)
        .contains("RULES = " + tuple(Rule.values()))
        .contains("MEASURES = " + tuple(Measure.values()));
  }

  private static String tuple(Enum<?>... values) {
    return Arrays.stream(values)
        .map(value -> '"' + value.name().toLowerCase(Locale.ROOT) + '"')
        .collect(Collectors.joining(", ", "(", ")"));
  }

  @Test
  void aPythonRunThatWasKilledLeavesItsSteps() throws URISyntaxException {
    try (var trace = open("killed")) {
      assertThat(trace.steps()).isEqualTo(1);
      assertThat(trace.state(1).tokens()).containsExactly(0, 1);
    }
  }

  private static String text(Trace<TokenState, TokenRecord> trace) {
    StringBuilder text = new StringBuilder();
    for (int token : trace.state(trace.steps()).tokens()) {
      text.append(trace.header().tokens().text(token));
    }
    return text.toString();
  }

  private static StoredTrace<TokenState, TokenRecord> open(String name) throws URISyntaxException {
    return TraceKind.TOKENS.open(
        Path.of(PythonRecorderTest.class.getResource("/recorder/" + name).toURI()));
  }
}
