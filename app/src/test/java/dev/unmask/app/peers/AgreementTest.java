package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final PeerWork LOGITS = new PeerWork.Evaluation("a", Path.of("a"), new int[] {0});
  private static final PeerWork TOKENS =
      new PeerWork.Generation("a", Path.of("a"), new int[0], 3, 3);

  @Test
  void roundingIsToldAndLetPass() {
    Agreement agreement = Agreement.of(LOGITS, numbers(10, -2), numbers(10, -2.001f));
    assertThat(agreement.alike()).isTrue();
    assertThat(agreement.words()).isEqualTo("1.0e-03 apart, of 10");
  }

  @Test
  void whatIsFarOffComputesSomethingElse() {
    assertThat(Agreement.of(LOGITS, numbers(10, -2), numbers(10, 2)).alike()).isFalse();
    assertThat(Agreement.of(LOGITS, numbers(10), numbers(Float.NaN)).alike()).isFalse();
    assertThat(Agreement.of(LOGITS, numbers(10), numbers(10, 10)).alike()).isFalse();
  }

  @Test
  void tokensAreCountedWhereTheyDiffer() {
    assertThat(Agreement.of(TOKENS, numbers(1, 2, 3), numbers(1, 2, 3)).words())
        .isEqualTo("the same tokens");
    assertThat(Agreement.of(TOKENS, numbers(1, 2, 3), numbers(1, 7, 7)).words())
        .isEqualTo("2 of 3 tokens differ");
  }

  private static float[] numbers(float... numbers) {
    return numbers;
  }
}
