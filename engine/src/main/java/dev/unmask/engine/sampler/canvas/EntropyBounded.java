package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.sampler.api.Logits;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import java.net.URI;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * DiffusionGemma's sampler by a bound on entropy, as diffusers has it (EntropyBoundScheduler), for
 * a uniform process: of the tokens drawn in a step it takes those of least entropy, as many as keep
 * the sum of their entropies without the greatest within the bound, for that sum bounds how much
 * they depend on each other. All other positions become noise again, whatever they were before.
 *
 * <p>The bound is that of the EB-Sampler (Ben-Hamu et al. 2025, https://arxiv.org/abs/2505.24857),
 * which is for masks: it keeps what it has taken, and never makes it noise.
 *
 * <p>Variables ↔ symbols: entropy ↔ H, bound ↔ γ, surer ↔ Σ H − max H.
 */
public final class EntropyBounded {
  static final Setting.Real BOUND =
      new Setting.Real(
          "entropy-bound",
          0.1,
          0,
          Double.MAX_VALUE,
          "How much entropy, in nats, the tokens that are taken in a step may have together, the"
              + " greatest not counted");
  static final Setting.Real FIRST_TEMPERATURE =
      new Setting.Real(
          "first-temperature",
          0.8,
          0,
          100,
          "What the logits are divided by in a block's first step; 0 takes the most probable");
  static final Setting.Real LAST_TEMPERATURE =
      new Setting.Real(
          "last-temperature",
          0.4,
          0,
          100,
          "What the temperature falls towards, evenly; a block ends one step before it is there");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "entropy-bounded",
          "DiffusionGemma, entropy-bounded",
          "Takes the tokens of least entropy, as many as hardly depend on each other, and makes all"
              + " others noise again; an approximation. The bound is that of the EB-Sampler (arXiv"
              + " 2505.24857), which fills masks.",
          URI.create(
              "https://github.com/huggingface/diffusers/blob/58eb52c0803ea9af3abec60841c2a093bdf1f951"
                  + "/src/diffusers/schedulers/scheduling_entropy_bound.py"),
          "Equal, state by state, to recordings of huggingface/diffusers@58eb52c0"
              + " EntropyBoundScheduler in DiffusionGemmaPipeline",
          CanvasSampler.settings(BOUND, FIRST_TEMPERATURE, LAST_TEMPERATURE),
          (settings, vocabulary) ->
              new CanvasSampler(
                  settings,
                  vocabulary,
                  (canvas, random) ->
                      refine(
                          canvas,
                          temperature(settings, canvas),
                          settings.get(BOUND).floatValue(),
                          random)));

  private EntropyBounded() {}

  private static float temperature(Settings settings, Canvas canvas) {
    double last = settings.get(LAST_TEMPERATURE);
    int left = canvas.steps() - canvas.step();
    return (float) (last + (settings.get(FIRST_TEMPERATURE) - last) * left / canvas.steps());
  }

  private static CanvasRefinement.Refined refine(
      Canvas canvas, float temperature, float bound, RandomSource random) {
    int[] drawn = canvas.draw(temperature, random);
    float[][] logits = EachRow.map(canvas.logits(), row -> Logits.divided(row, temperature));
    float[] entropy = new float[drawn.length];
    EachRow.of(drawn.length, canvas.vocabularySize(), i -> entropy[i] = Logits.entropy(logits[i]));
    float[] surer = entropyOfSurer(entropy);
    int[] tokens = canvas.noise(random);
    float[] confidence = new float[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      tokens[i] = surer[i] <= bound ? drawn[i] : tokens[i];
      confidence[i] = -entropy[i];
    }
    Grounds grounds =
        Grounds.of(Measure.NEGATIVE_ENTROPY, Rule.BOUND, drawn.length)
            .withScore(surer)
            .withThreshold(bound);
    return new CanvasRefinement.Refined(tokens, drawn, confidence, logits, grounds, Map.of());
  }

  /**
   * Of each, what all of less entropy have together: summed in float64 and taken as float32, as the
   * reference does.
   */
  private static float[] entropyOfSurer(float[] entropy) {
    float[] surer = new float[entropy.length];
    double sum = 0;
    for (int i : leastFirst(entropy)) {
      // Σ_{j ≤ i} H_j − H_i, H ascending: taken as long as it is at most γ
      sum += entropy[i];
      surer[i] = (float) sum - entropy[i];
    }
    return surer;
  }

  private static int[] leastFirst(float[] entropy) {
    return IntStream.range(0, entropy.length)
        .boxed()
        .sorted(Comparator.comparing(i -> entropy[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
