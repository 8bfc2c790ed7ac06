package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.check.Invariants;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvariantsTest {
  private static final int FAULTY = 5;

  static List<SamplerKind> samplers() {
    return Samplers.ALL;
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void everySamplerKeepsWhatItDeclares(SamplerKind kind) {
    assertThat(breaches(HashedModel.start(kind.name(), HashedModel.settings(kind)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void noCheckFindsAnythingInARunOfASamplerThatIsRight(SamplerKind kind) {
    TokenRun run = HashedModel.finished(kind.name(), HashedModel.settings(kind));
    assertThat(run.replay().checkup().upTo(run.trace().steps()).all()).isEmpty();
  }

  @Test
  void whereWinoRemasksItBreaksNothingThatItDeclares() {
    TokenRun run = HashedModel.start("wino", Map.of("threshold", "0", "threshold-back", "1"));
    Breakpoint remask = Breakpoint.of("remask");
    boolean remasked = false;
    while (!run.finished()) {
      run.step();
      remasked |= remask.hit(run.moment()).isPresent();
      assertThat(run.moment().breaches()).isEmpty();
    }
    assertThat(remasked).isTrue();
  }

  @Test
  void aSamplerThatSamplesCommittedTokensAgainIsCaughtAtItsStep() {
    List<Breach> breaches =
        breaches(
            step -> {
              int[] tokens = step.next().tokens().clone();
              for (int i = 3; i < tokens.length; i++) {
                if (tokens[i] != HashedModel.MASK) {
                  tokens[i] = (tokens[i] + 1) % HashedModel.MASK;
                }
              }
              return new TokenStep(step.predicted(), step.confidence(), with(step.next(), tokens));
            });
    assertThat(breaches)
        .singleElement()
        .satisfies(breach -> assertThat(breach.step()).isEqualTo(FAULTY + 1))
        .satisfies(
            breach ->
                assertThat(breach.sentence())
                    .isEqualTo(
                        "the committed token at position %d was changed"
                            .formatted(breach.position())));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN})
  void aSamplerWhoseScoresAreNoNumbersIsCaughtAtItsStep(float score) {
    List<Breach> breaches =
        breaches(
            step -> {
              float[] confidence = step.confidence().clone();
              confidence[8] = score;
              return new TokenStep(step.predicted(), confidence, step.next());
            });
    assertThat(breaches)
        .containsExactly(
            new Breach(FAULTY + 1, 8, "the confidence at position 8 is no finite number"));
  }

  @Test
  void aSamplerThatEndsTheTextEarlyIsCaughtAtItsStep() {
    List<Breach> breaches =
        breaches(
            step -> {
              int[] tokens = step.next().tokens().clone();
              int[] masked = step.next().positionsOf(HashedModel.MASK, 0, tokens.length);
              tokens[masked[masked.length - 1]] = HashedModel.END;
              return new TokenStep(step.predicted(), step.confidence(), with(step.next(), tokens));
            });
    assertThat(breaches)
        .singleElement()
        .satisfies(breach -> assertThat(breach.step()).isEqualTo(FAULTY + 1))
        .satisfies(
            breach ->
                assertThat(breach.sentence())
                    .isEqualTo("2 tokens were committed where the quota was 1"));
  }

  @Test
  void aSamplerThatChangesThePromptIsCaughtAtItsStep() {
    List<Breach> breaches =
        breaches(
            step -> {
              int[] tokens = step.next().tokens().clone();
              tokens[1] = HashedModel.MASK;
              return new TokenStep(step.predicted(), step.confidence(), with(step.next(), tokens));
            });
    assertThat(breaches)
        .contains(new Breach(FAULTY + 1, 1, "the given token at position 1 was changed"));
  }

  private static List<Breach> breaches(TokenRun run) {
    List<Breach> breaches = new ArrayList<>();
    while (!run.finished()) {
      run.step();
      breaches.addAll(Invariants.of(run.sampler()).breaches(run.moment()));
    }
    return breaches;
  }

  /** Of LLaDA with a fault in one step. */
  private static List<Breach> breaches(UnaryOperator<TokenStep> fault) {
    SamplerKind llada = Samplers.named("llada");
    SamplerKind faulty =
        new SamplerKind(
            "faulty",
            "Faulty",
            "Has a fault.",
            llada.paper(),
            "nothing",
            llada.settings(),
            (settings, vocabulary) ->
                new Faulty(llada.constructor().apply(settings, vocabulary), fault));
    RunModel.Tokens model = HashedModel.model();
    Start.Tokens start = Start.of(new int[] {3, 14, 15}, 15, HashedModel.MASK);
    RunPlan<SamplerKind> plan = new RunPlan<>(faulty, Map.of(), RandomKind.PHILOX, 7);
    return breaches(TokenRun.start(model, start, plan)).stream()
        .filter(breach -> breach.step() == FAULTY + 1)
        .toList();
  }

  private static TokenState with(TokenState state, int[] tokens) {
    return new TokenState(
        state.step(),
        tokens,
        state.marks(),
        state.time(),
        state.evaluations(),
        state.draws(),
        state.memory());
  }

  private record Faulty(TokenSampler right, UnaryOperator<TokenStep> fault)
      implements TokenSampler {
    @Override
    public RowMeaning rowMeaning() {
      return right.rowMeaning();
    }

    @Override
    public TokenState start(int[] tokens, byte[] marks, RandomSource random) {
      return right.start(tokens, marks, random);
    }

    @Override
    public boolean finished(TokenState state) {
      return right.finished(state);
    }

    @Override
    public int plannedSteps(TokenState state) {
      return right.plannedSteps(state);
    }

    @Override
    public BlockPosition block(TokenState state) {
      return right.block(state);
    }

    @Override
    public Request request(TokenState state) {
      return right.request(state);
    }

    @Override
    public OptionalInt commitsAtMost(TokenState state) {
      return right.commitsAtMost(state);
    }

    @Override
    public TokenStep step(TokenState state, Prediction prediction, RandomSource random) {
      TokenStep step = right.step(state, prediction, random);
      return state.step() == FAULTY ? fault.apply(step) : step;
    }
  }
}
