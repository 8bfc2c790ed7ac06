package dev.unmask.app.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0 | Given with the prompt: no sampler may change it.",
        "0 | 4 | Masked: no step has been taken yet.",
        "0 | 8 | Its block has not been reached yet.",
        "1 | 2 | Committed at step 1: it had confidence 0.77, 1st of 4; the quota was 1.",
        "1 | 5 | Kept masked at step 1: “↵” had confidence 0.50, 4th of 4; the quota was 1.",
        "2 | 4 | Committed at step 2: it had confidence 0.59, 2nd of 3; the quota was 2."
            + " It had been kept masked at 1 step before.",
        "3 | 2 | Committed at step 1: it had confidence 0.77, 1st of 4; the quota was 1.",
        "3 | 3 | Edited at step 3: “·cat” became “·time”.",
        "4 | 4 | Remasked at step 4: “,” was taken back. It was committed at step 2.",
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

  private static Inspection at(int step, int position) {
    return Inspection.of(Frame.of(HandMade.history(), step).selecting(position));
  }
}
