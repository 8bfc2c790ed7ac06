package dev.unmask.engine.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.exact.ExactDenoiser;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class DenoisingTest {
  private static final Alphabet LETTERS = Alphabet.letters();
  private static final int[] CAT = LETTERS.encode().apply("cat");
  private static final int[] COT = LETTERS.encode().apply("cot");
  private static final TraceHeader.Model WORDS = new TraceHeader.Model("words", "abc");

  /** Knows one word. */
  private static final RunModel.Tokens MODEL =
      new RunModel.Tokens(
          WORDS,
          LETTERS.texts(),
          LETTERS.vocabulary(),
          new ExactDenoiser(
              LETTERS.vocabulary(),
              List.of(new ExactDenoiser.Sequence(CAT, 1)),
              RowMeaning.CLEAN_LOGITS));

  @Test
  void uniformNoiseIsTakenAwayFromItsTOn() {
    Denoising denoising = of(WORDS, COT, NoiseKind.UNIFORM);
    TokenRun run =
        denoising.start(MODEL, Samplers.named(denoising.sampler()), Map.of("steps", "8"), 1);
    assertThat(run.state().time()).isCloseTo(0.5, within(1e-3));
    run.finish(_ -> {});
    assertThat(denoising.restored(run.state().tokens()))
        .isEqualTo(new Denoising.Restoration(2, 1, 0));
  }

  @Test
  void whatMasksLeftOfTheTextIsPinned() {
    int[] masked = {CAT[0], LETTERS.vocabulary().maskId(), CAT[2]};
    TokenRun run =
        of(WORDS, masked, NoiseKind.ABSORBING).start(MODEL, Samplers.named("llada"), Map.of(), 1);
    assertThat(run.state().marks()).containsExactly(Mark.PINNED, 0, Mark.PINNED);
    run.finish(_ -> {});
    assertThat(run.state().tokens()).isEqualTo(CAT);
  }

  @Test
  void aSamplerThatCannotBeginAtATIsRefused() {
    refused(of(WORDS, COT, NoiseKind.UNIFORM), "psi").hasMessageContaining("udlm");
  }

  @Test
  void aSamplerForOtherNoiseIsRefused() {
    refused(of(WORDS, COT, NoiseKind.UNIFORM), "mdlm").hasMessageContaining("choose udlm");
  }

  @Test
  void noiseThatNoSamplerTakesAwayIsNamed() {
    Denoising denoising = of(WORDS, COT, NoiseKind.NEAREST_NEIGHBOUR);
    assertThatThrownBy(denoising::sampler)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nearest-neighbour");
  }

  @Test
  void theTextMustBeInTheModelsTokens() {
    refused(of(new TraceHeader.Model("others", "d"), COT, NoiseKind.UNIFORM), "udlm")
        .hasMessageContaining("others and not of words");
    refused(of(LETTERS.identity(), COT, NoiseKind.UNIFORM), "udlm")
        .hasMessageContaining("which no model knows");
  }

  private static Denoising of(TraceHeader.Model model, int[] corrupted, NoiseKind kind) {
    return new Denoising(model, CAT, corrupted, 0.5, kind);
  }

  private static AbstractThrowableAssert<?, ?> refused(Denoising denoising, String sampler) {
    return assertThatThrownBy(() -> denoising.start(MODEL, Samplers.named(sampler), Map.of(), 1))
        .isInstanceOf(InputException.class);
  }
}
