package dev.unmask.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Q_t · THE STEP TO t ; Q_t: the matrix of one step",
        "SNR α/(1−α), 10⁻³ to 10³ ; SNR: the signal-to-noise ratio",
        "q(x_s | x_t, x_0) · EXACT POSTERIOR ; posterior q(x_s | x_t, x_0): where the token was",
        "12 of 40 corrupted · loss weight 2.5 ; loss weight: how much the cross-entropy",
        "bound ; bound: the most that",
        "NFE 64 ; NFE: the number of function evaluations",
      })
  void aTermIsExplainedWhereverItStands(String shown, String beginning) {
    assertThat(Glossary.explain(shown.strip()).orElseThrow().lines())
        .anyMatch(line -> line.startsWith(beginning.strip()));
  }

  @Test
  void severalTermsAreALineEach() {
    assertThat(Glossary.explain("α 0.3 · SNR 0.4").orElseThrow().lines()).hasSize(2);
  }

  @Test
  void wordsThatOnlyHoldATermsLettersAreNone() {
    assertThat(Glossary.explain("boundary, NFEs of the unbound")).isEmpty();
  }
}
