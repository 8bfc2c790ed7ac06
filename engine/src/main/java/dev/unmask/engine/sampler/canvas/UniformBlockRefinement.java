package dev.unmask.engine.sampler.canvas;

import dev.unmask.engine.InputException;
import dev.unmask.engine.arithmetic.EachRow;
import dev.unmask.engine.random.RandomSource;
import dev.unmask.engine.safetensors.Values;
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
 * Block refinement (LLaDA2.1, https://arxiv.org/abs/2602.08676) without a mask, as DiffusionGemma
 * uses it: a step commits the most confident predictions, so many that a block's steps share it
 * evenly, and all others above a threshold; what is not committed becomes noise again.
 */
public final class UniformBlockRefinement {
  static final Setting.Real TEMPERATURE =
      new Setting.Real(
          "temperature",
          0.0,
          0,
          100,
          "What the logits are divided by before a token is drawn; 0 takes the most probable");
  static final Setting.Real THRESHOLD =
      new Setting.Real(
          "threshold", 0.95, 0, 1, "The probability above which a prediction is always committed");
  static final Setting.Real EDITING_THRESHOLD =
      new Setting.Real(
          "editing-threshold",
          1.0,
          0,
          1,
          "The probability above which a prediction replaces a committed token; 1 never does");

  /** As the user meets it. */
  public static final SamplerKind KIND =
      new SamplerKind(
          "uniform-block-refinement",
          "Block refinement without a mask",
          "Commits the most confident predictions, edits committed tokens, and makes all others"
              + " noise again; an approximation.",
          URI.create("https://arxiv.org/abs/2602.08676"),
          "Equal, state by state, to recordings of huggingface/diffusers@58eb52c0"
              + " BlockRefinementScheduler in DiffusionGemmaPipeline",
          CanvasSampler.settings(TEMPERATURE, THRESHOLD, EDITING_THRESHOLD),
          (settings, vocabulary) ->
              new CanvasSampler(settings, vocabulary, new Refinement(settings)));

  /** Memory: which positions are committed, one byte each. */
  private static final String COMMITTED = "committed";

  private UniformBlockRefinement() {}

  private record Refinement(float temperature, float threshold, float editing)
      implements CanvasRefinement {
    Refinement(Settings settings) {
      this(
          settings.get(TEMPERATURE).floatValue(),
          settings.get(THRESHOLD).floatValue(),
          settings.get(EDITING_THRESHOLD).floatValue());
    }

    @Override
    public Map<String, Values> memory(int length) {
      return Map.of(COMMITTED, new Values.U8(new byte[length]));
    }

    @Override
    public CanvasRefinement.Refined refine(Canvas canvas, RandomSource random) {
      int[] positions = canvas.rows().positions();
      int[] drawn = canvas.draw(temperature, random);
      float[] confidence = new float[drawn.length];
      float[][] logits = EachRow.map(canvas.logits(), row -> Logits.divided(row, temperature));
      EachRow.of(
          drawn.length,
          canvas.vocabularySize(),
          i -> confidence[i] = Logits.probability(logits[i], drawn[i]));
      int[] tokens = canvas.tokens().clone();
      byte[] committed = committed(canvas);
      int quota = Math.max(0, owed(canvas, committed));
      int owed = quota;
      Rule[] rules = new Rule[drawn.length];
      float[] limits = new float[drawn.length];
      for (int i : mostConfident(confidence)) {
        boolean isCommitted = committed[positions[i]] != 0;
        boolean isOwed = !isCommitted && owed-- > 0;
        limits[i] = isCommitted ? editing : threshold;
        boolean isTaken = isOwed || confidence[i] > limits[i];
        rules[i] =
            isCommitted
                ? Rule.REVISION
                : isOwed ? Rule.RANK : isTaken ? Rule.THRESHOLD : Rule.NOISED;
        if (isTaken) {
          tokens[i] = drawn[i];
          committed[positions[i]] = 1;
        }
      }
      int[] noise = canvas.noise(random);
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = committed[positions[i]] != 0 ? tokens[i] : noise[i];
      }
      Map<String, Values> memory = Map.of(COMMITTED, new Values.U8(committed));
      Grounds grounds =
          Grounds.of(Measure.DRAWN_FROM, rules).withQuota(quota).withThreshold(limits);
      return new CanvasRefinement.Refined(
          tokens, drawn, confidence, canvas.logits(), grounds, memory);
    }

    /** How many positions the steps so far, this one included, have still to commit. */
    private static int owed(Canvas canvas, byte[] committed) {
      int size = canvas.tokens().length;
      // After the i-th of T steps ⌈i · size / T⌉ are committed
      long target = Math.ceilDiv((canvas.step() + 1L) * size, canvas.steps());
      long done =
          IntStream.of(canvas.rows().positions())
              .filter(position -> committed[position] != 0)
              .count();
      return (int) (target - done);
    }

    private static int[] mostConfident(float[] confidence) {
      return IntStream.range(0, confidence.length)
          .boxed()
          .sorted(Comparator.comparing(i -> -confidence[i]))
          .mapToInt(Integer::intValue)
          .toArray();
    }

    private static byte[] committed(Canvas canvas) {
      if (canvas.memory().get(COMMITTED) instanceof Values.U8(byte[] committed)) {
        return committed.clone();
      }
      throw new InputException(
          "The trace lacks memory.%s, so its sampler cannot go on from it; start a new run."
              .formatted(COMMITTED));
    }
  }
}
