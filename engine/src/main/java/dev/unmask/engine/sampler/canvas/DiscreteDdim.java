package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.random.Multinomial;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import java.net.URI;
import java.util.Map;

/**
 * Ancestral sampling of a uniform process with α = 1 − t (D3PM, https://arxiv.org/abs/2107.03006,
 * equation 3, given one x̂0 a position): each position takes its predicted token, keeps the one it
 * has or becomes noise, by the exact posterior q(x_s | x_t, x̂0). With corrector sweeps, the first
 * steps are each followed by sweeps of a {@link GibbsCorrector}, and all evaluations together stay
 * as many as the steps.
 *
 * <p>Variables ↔ symbols: alphaT ↔ α_t, alphaS ↔ α_s, survival ↔ α_{t|s} = α_t / α_s, size ↔ V,
 * predicted ↔ x̂0.
 */
public final class DiscreteDdim {
  static final Setting.Real TEMPERATURE =
      new Setting.Real(
          "temperature",
          0.0,
          0,
          100,
          "What the logits are divided by before x̂0 is drawn; 0 takes the most probable");
  static final Setting.Whole SWEEPS =
      new Setting.Whole(
          "corrector-sweeps", 0, 0, 1000, "Corrections after a step, each with an evaluation");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "discrete-ddim",
          "Discrete DDIM",
          "Takes the predicted token, keeps the present one or makes noise, by the posterior of a"
              + " uniform process, and corrects tokens given all others.",
          URI.create("https://arxiv.org/abs/2107.03006"),
          "Equal, state by state, to recordings of huggingface/diffusers@58eb52c0"
              + " DiscreteDDIMScheduler in DiffusionGemmaPipeline, correctors included",
          CanvasSampler.settings(
              TEMPERATURE,
              SWEEPS,
              GibbsCorrector.POSITIONS,
              GibbsCorrector.SELECTION,
              GibbsCorrector.SELECTION_TEMPERATURE),
          (settings, vocabulary) ->
              new CanvasSampler(settings, vocabulary, Refinement.of(settings)));

  private DiscreteDdim() {}

  /**
   * A canvas in {@code steps} steps in time, of which the first {@code corrected} are followed by
   * sweeps.
   */
  private record Refinement(
      float temperature, int steps, int corrected, int sweeps, GibbsCorrector corrector)
      implements CanvasRefinement {
    static Refinement of(Settings settings) {
      int evaluations = settings.get(STEPS);
      int sweeps = settings.get(SWEEPS);
      int corrected = sweeps == 0 ? 0 : (evaluations - 1) / (1 + sweeps);
      return new Refinement(
          settings.get(TEMPERATURE).floatValue(),
          evaluations - corrected * sweeps,
          corrected,
          sweeps,
          GibbsCorrector.of(settings));
    }

    @Override
    public boolean leadsOn(int step) {
      return step >= corrected * (1 + sweeps) || step % (1 + sweeps) == 0;
    }

    /** Steps in time among so many evaluations. */
    private int taken(int evaluations) {
      int withSweeps = corrected * (1 + sweeps);
      return evaluations <= withSweeps
          ? Math.ceilDiv(evaluations, 1 + sweeps)
          : corrected + evaluations - withSweeps;
    }

    /** α = 1 − t, the share of tokens that are not noise. */
    private double alpha(int evaluations) {
      return (double) taken(evaluations) / steps;
    }

    @Override
    public double time(int step, int all) {
      return 1 - alpha(step);
    }

    @Override
    public CanvasRefinement.Refined refine(Canvas canvas, RandomSource random) {
      int step = canvas.step();
      return leadsOn(step)
          ? predict(canvas, alpha(step), alpha(step + 1), random)
          : corrector.correct(canvas, alpha(step), random);
    }

    private CanvasRefinement.Refined predict(
        Canvas canvas, double alphaT, double alphaS, RandomSource random) {
      int[] predicted = canvas.draw(temperature, random);
      float[][] routes = new float[predicted.length][];
      float[] confidence = new float[predicted.length];
      for (int i = 0; i < predicted.length; i++) {
        boolean isSame = predicted[i] == canvas.tokens()[i];
        routes[i] = routes(alphaT, alphaS, canvas.vocabularySize(), isSame);
        confidence[i] = Logits.probability(canvas.logits()[i], predicted[i]);
      }
      int[] route = Multinomial.draw(routes, 3, Purpose.ROUTE, canvas.rows(), random);
      int[] tokens = canvas.noise(random);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] =
            switch (route[i]) {
              case 0 -> predicted[i];
              case 1 -> canvas.tokens()[i];
              default -> tokens[i];
            };
      }
      Rule[] rules = new Rule[route.length];
      float[] chances = new float[route.length];
      for (int i = 0; i < route.length; i++) {
        rules[i] = route[i] == 2 ? Rule.NOISED : Rule.CHANCE;
        chances[i] = route[i] == 2 ? routes[i][2] : 1 - routes[i][1];
      }
      Grounds grounds = Grounds.of(Measure.PROBABILITY, rules).withChance(chances);
      return new CanvasRefinement.Refined(
          tokens, predicted, confidence, canvas.logits(), grounds, Map.of());
    }

    /**
     * Probabilities of the predicted token, the present one and noise, rounded as the reference.
     */
    private static float[] routes(double alphaT, double alphaS, int size, boolean isSame) {
      double survival = alphaT / alphaS;
      // q(x_t | x_s) q(x_s | x̂0): x_s is x̂0 by α_s, x_t by α_{t|s}, both, or by neither
      float clean =
          (float) (alphaS * (1 - survival) / size) + (isSame ? (float) (survival * alphaS) : 0);
      float stay = (float) (survival * (1 - alphaS) / size);
      float noise = (float) ((1 - survival) * (1 - alphaS) / size);
      float sum = clean + stay + noise;
      return new float[] {clean / sum, stay / sum, noise / sum};
    }
  }
}
