package dev.unmask.app.tokens.inspector;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | Given with the prompt: no sampler may change it.",
        "0 | 4 | Masked: no step has been taken yet.",
        "0 | 8 | Its block has not been reached yet.",
        "1 | 2 | Committed at step 1: it had confidence 0.77. The recording does not tell why.",
        "1 | 5 | Kept masked at step 1: “↵” had confidence 0.50. The recording does not tell why.",
        "2 | 4 | Committed at step 2: it had confidence 0.59. The recording does not tell why."
            + " It had been kept masked at 1 step before.",
        "3 | 2 | Committed at step 1: it had confidence 0.77. The recording does not tell why.",
        "3 | 3 | Edited at step 3: “·cat” became “·time”; “·time” had confidence 0.68."
            + " The recording does not tell why.",
        "4 | 4 | Remasked at step 4: “,” was taken back. The recording does not tell why."
            + " It was committed at step 2.",
      })
  void saysWhy(int step, int position, String sentence) {
    assertThat(at(step, position).why()).isEqualTo(sentence);
  }

  @Test
  void listsTheCandidatesOfTheStepThatAskedLast() {
    Inspection now = at(1, 3);
    assertThat(now.predictedAt()).isEqualTo(1);
    assertThat(now.candidates().getFirst().text()).isEqualTo("·time");
    assertThat(now.candidates().getFirst().figure()).isEqualTo("0.680");
    assertThat(at(5, 2).predictedAt()).isEqualTo(1);
    assertThat(at(5, 2).candidates().getFirst().text()).isEqualTo("·a");
    assertThat(at(0, 3).candidates()).isEmpty();
  }

  @Test
  void tellsTheStepsBeforeThatMatteredAndNoOthers() {
    var trace =
        new HandMade(0, "a", "_")
            .then(row("b", "c"), "_", "c")
            .then(row("b", "c"), "_", "_")
            .then(row("b", "d"), "_", "_")
            .then(row("b", "d"), "b", "d")
            .then(row("-", "-"), "b", "e");
    assertThat(why(trace, 1, 0))
        .isEqualTo("Remasked at step 1: “a” was taken back; it had confidence 0.95. " + UNTOLD);
    assertThat(why(trace, 2, 0))
        .endsWith(UNTOLD + " It was remasked at step 1, from “a”.")
        .startsWith("Kept masked at step 2: “b”");
    assertThat(why(trace, 2, 1)).endsWith(UNTOLD + " It was committed at step 1.");
    assertThat(why(trace, 4, 0))
        .startsWith("Committed at step 4: it")
        .endsWith(
            " It had been kept masked at 2 steps before. It was remasked at step 1, from “a”.");
    assertThat(why(trace, 5, 0)).isEqualTo(why(trace, 4, 0));
    assertThat(why(trace, 4, 1))
        .startsWith("Committed at step 4: it")
        .endsWith(
            " It had been kept masked at 1 step before. It was remasked at step 2, from “c”.");
    assertThat(why(trace, 5, 1)).isEqualTo("Edited at step 5: “d” became “e”. " + UNTOLD);
  }

  @Test
  void aPredictionOfTheMaskItselfIsNotTakenForNone() {
    var trace = new HandMade(0, "_", "_").then(row("_", "-"), "_", "_");
    assertThat(why(trace, 1, 0))
        .isEqualTo("Masked: at step 1 the denoiser predicted the mask itself.");
    assertThat(why(trace, 1, 1))
        .isEqualTo("Masked: the denoiser was not asked about it at this step.");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RANK",
        "PLANNER",
        "SAMPLED",
        "THRESHOLD",
        "REVISION",
        "DOUBT",
        "FORCED",
        "BOUND",
        "CHANCE",
        "NOISED"
      })
  void aRuleWithoutTheNumberThatItGoesByExplainsNothing(Rule rule) {
    var trace =
        new HandMade(0, "_", "_")
            .then(row("a", "b"), "a", "_")
            .because(Grounds.of(Measure.PROBABILITY, rule, 2));
    assertThat(why(trace, 1, 0)).endsWith(UNTOLD);
    assertThat(why(trace, 1, 1)).endsWith(UNTOLD);
  }

  private static final String UNTOLD = "The recording does not tell why.";

  private static String why(HandMade trace, int step, int position) {
    return Inspection.of(Frame.of(History.of(trace), step).selecting(position)).why();
  }

  private static Inspection at(int step, int position) {
    return Inspection.of(Frame.of(HandMade.history(), step).selecting(position));
  }
}
