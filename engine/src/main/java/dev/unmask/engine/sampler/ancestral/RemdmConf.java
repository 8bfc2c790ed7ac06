package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.TokenState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * ReMDM with confidence-based remasking (https://arxiv.org/abs/2503.00307): σ of each token is its
 * share of σ_max, by the softmax over −p(x_0), the probability with which it was unmasked. Tokens
 * that were given have no such probability and are never remasked.
 */
public final class RemdmConf {
  /** As the user meets it. */
  public static final SamplerKind KIND =
      Remdm.kind(
          "remdm-conf",
          "ReMDM, by confidence",
          "Remasks tokens by chance, those that were improbable when they were unmasked first.",
          "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py,"
              + " patched: its buffer of confidences is bfloat16, which raises an error, and was made"
              + " float32",
          List.of(),
          _ -> new Kernel());

  /** Memory: −p(x_0) of each token when it was unmasked, −∞ where there is none; float32. */
  private static final String SCORES = "scores";

  private RemdmConf() {}

  private record Kernel() implements ReverseKernel {
    /** What is masked has a σ of 0 of its own. */
    @Override
    public AbsorbingStep step(TokenState state, float t, float s) {
      double alphaT = 1 - t;
      double alphaS = 1 - s;
      float[] remask = softmax(scores(state));
      for (int i = 0; i < remask.length; i++) {
        remask[i] *= (float) AbsorbingStep.greatestSigma(alphaT, alphaS);
      }
      AbsorbingStep unmasking = AbsorbingStep.remasking(alphaT, alphaS, 0, state.length());
      return new AbsorbingStep(unmasking.unmask(), unmasking.mask(), remask);
    }

    @Override
    public Map<String, Values> memory(int length) {
      float[] scores = new float[length];
      Arrays.fill(scores, Float.NEGATIVE_INFINITY);
      return Map.of(SCORES, new Values.F32(scores));
    }

    @Override
    public Map<String, Values> memory(
        TokenState before, int[] tokens, float[] probability, int maskId) {
      float[] scores = scores(before).clone();
      for (int i = 0; i < scores.length; i++) {
        if (tokens[i] == maskId) {
          scores[i] = Float.NEGATIVE_INFINITY;
        } else if (before.tokens()[i] == maskId) {
          scores[i] = -probability[i];
        }
      }
      return Map.of(SCORES, new Values.F32(scores));
    }

    private static float[] scores(TokenState state) {
      if (state.memory().get(SCORES) instanceof Values.F32(float[] scores)
          && scores.length == state.length()) {
        return scores;
      }
      throw new InputException(
          "The trace lacks memory.%s, so remdm-conf cannot go on from it; start a new run."
              .formatted(SCORES));
    }

    /** All 0 where no score is finite. */
    private static float[] softmax(float[] scores) {
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }
      float[] shares = new float[scores.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = sum == 0 ? 0 : (float) (Math.exp(scores[i]) / sum);
      }
      return shares;
    }
  }
}
