package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.BetaSchedule;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.GaussianKernel;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.noise.Posterior;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.api.Times;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * D3PM's ancestral sampler (Austin et al. 2021, https://arxiv.org/abs/2107.03006, section 3.4): in
 * T steps, each position's x_{t−1} is drawn from Σ q(x_{t−1} | x_t, x_0) p(x_0 | x_t), the sum over
 * all clean tokens, whatever the noise. Each kernel has the paper's schedule.
 *
 * <p>Variables ↔ symbols: token ↔ x_t, clean ↔ p(x_0 | x_t), process.steps() ↔ T, index(t) ↔ t of 1
 * to T.
 */
public final class D3pm {
  static final URI PAPER = URI.create("https://arxiv.org/abs/2107.03006");

  static final Setting.Whole STEPS =
      new Setting.Whole("steps", 64, 1, 100_000, "T, the steps of the noise and of its removal");
  static final Setting.Choice NOISE =
      new Setting.Choice(
          "noise",
          "absorbing",
          List.of("absorbing", "uniform", "gaussian"),
          "What the model was trained with: masks, any token in a token's place, or, where tokens"
              + " are values in order, values nearby");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "d3pm",
          "D3PM",
          "Takes one of T steps of noise back, of any kind of noise, by its exact posterior.",
          PAPER,
          "Checked against theory: matrices equal to those recorded, and chi-square tests of its"
              + " samples against a known distribution",
          List.of(STEPS, AncestralSettings.START, NOISE, AncestralSettings.NUCLEUS),
          D3pm::create);

  /** So many entries of matrices that have no closed form take half a gigabyte. */
  private static final long MOST_ENTRIES = 1 << 26;

  private D3pm() {}

  private static TokenSampler create(Settings settings, Vocabulary vocabulary) {
    NoiseKind noise = NoiseSettings.kind(settings, NOISE);
    int steps = settings.get(STEPS);
    DiscreteProcess process =
        switch (noise) {
          case GAUSSIAN -> gaussian(vocabulary, steps);
          case UNIFORM ->
              DiscreteProcess.of(
                  NoiseSettings.kernel(noise, vocabulary), new BetaSchedule.Cosine().betas(steps));
          default ->
              DiscreteProcess.of(
                  NoiseSettings.kernel(noise, vocabulary),
                  new BetaSchedule.Reciprocal().betas(steps));
        };
    return sampler(
        noise,
        process,
        vocabulary,
        settings.get(AncestralSettings.START),
        settings.get(AncestralSettings.NUCLEUS));
  }

  /** For a process of any kernel and schedule. */
  static TokenSampler sampler(
      NoiseKind noise,
      DiscreteProcess process,
      Vocabulary vocabulary,
      double start,
      double nucleus) {
    Times times =
        Times.Later.from(
            start, new Times.Listed(Times.Listed.even(1, 0, process.steps() + 1).toArray()));
    return new AncestralSampler(
        vocabulary,
        new AncestralSampler.Method(
            new PosteriorSum(noise, process),
            _ -> times,
            AncestralSampler.Ending.NONE,
            Categorical.FLOAT64,
            false,
            Nucleus.within(nucleus)));
  }

  private static DiscreteProcess gaussian(Vocabulary vocabulary, int steps) {
    if (vocabulary.hasMask()) {
      throw new SettingException(
          "noise",
          "The setting noise is gaussian, which is for values in order, but the model has a mask;"
              + " choose the noise that it was made for.");
    }
    int size = vocabulary.size();
    if (2L * size * size * steps > MOST_ENTRIES) {
      throw new SettingException(
          "steps",
          "The setting steps is %d, which takes too much memory with gaussian noise of %d tokens; lower it."
              .formatted(steps, size));
    }
    DiscreteProcess process = DiscreteProcess.of(GaussianKernel.of(size), linear(steps));
    if (process.through(steps).probability(0, 0) > 2.0 / size) {
      throw new SettingException(
          "steps",
          "The setting steps is %d, in which gaussian noise of %d tokens does not come to its end; choose others."
              .formatted(steps, size));
    }
    return process;
  }

  /**
   * From 10⁻⁴ to 0.02 in the paper's thousand steps; in fewer, each is as much stronger. Of few
   * tokens, many steps too weak to move any do not add up.
   */
  private static double[] linear(int steps) {
    return new BetaSchedule.Linear(0.1 / steps, 20.0 / steps).betas(steps);
  }

  /** Draws by the sum over x_0. Times are t / T. */
  private record PosteriorSum(NoiseKind noise, DiscreteProcess process) implements ReverseKernel {
    @Override
    public ReverseKernel.Step step(TokenState state, float t, float s) {
      return new PosteriorStep(process.posterior(index(t)));
    }

    /** Masks say themselves how much noise there is. */
    @Override
    public Optional<Transition> through(double t) {
      return noise == NoiseKind.ABSORBING
          ? Optional.empty()
          : Optional.of(process.through(index(t)));
    }

    private int index(double t) {
      return (int) Math.round(t * process.steps());
    }

    @Override
    public boolean asks(int token, Vocabulary vocabulary) {
      return noise != NoiseKind.ABSORBING || token == vocabulary.maskId();
    }
  }

  private record PosteriorStep(Posterior posterior) implements ReverseKernel.Step {
    @Override
    public boolean moves(int position) {
      return false;
    }

    @Override
    public float[] weights(int position, int token, float[] predicted, Vocabulary vocabulary) {
      double[] clean = new double[predicted.length];
      Arrays.setAll(clean, v -> predicted[v]);
      // Σ_{x_0} q(x_{t−1} | x_t, x_0) p(x_0 | x_t)
      double[] posterior = this.posterior.ofClean(token, clean);
      float[] weights = new float[posterior.length];
      for (int v = 0; v < weights.length; v++) {
        weights[v] = (float) posterior[v];
      }
      return weights;
    }
  }
}
