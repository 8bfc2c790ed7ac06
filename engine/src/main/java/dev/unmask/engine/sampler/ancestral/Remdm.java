package dev.unmask.engine.sampler.ancestral;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Values;
import dev.unmask.engine.sampler.api.Categorical;
import dev.unmask.engine.sampler.api.Nucleus;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TokenState;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What ReMDM's samplers share (Wang et al. 2025): float64 draws, a cache and a nucleus.
 *
 * <p>Variables ↔ symbols: alphaT ↔ α_t, alphaS ↔ α_s, sigma ↔ σ_t, greatestSigma ↔ σ_t^max.
 */
public final class Remdm {
  static final URI PAPER = URI.create("https://arxiv.org/abs/2503.00307");

  private Remdm() {}

  /** A sampler with settings of its own. */
  static SamplerKind kind(
      String name,
      String title,
      String summary,
      String verified,
      List<Setting<?>> own,
      Function<Settings, ReverseKernel> kernel) {
    List<Setting<?>> settings =
        Stream.of(AncestralSettings.ofMdlm(), List.<Setting<?>>of(AncestralSettings.NUCLEUS), own)
            .flatMap(List::stream)
            .toList();
    return new SamplerKind(
        name,
        title,
        summary,
        PAPER,
        verified,
        settings,
        (given, vocabulary) ->
            new AncestralSampler(
                vocabulary,
                new AncestralSampler.Method(
                    kernel.apply(given),
                    AncestralSettings.grid(given),
                    AncestralSettings.mdlmEnding(given),
                    Categorical.FLOAT64,
                    true,
                    Nucleus.within(given.get(AncestralSettings.NUCLEUS))),
                true));
  }

  /** A step with a σ that depends on the shares of unmasked positions, α = 1 − t. */
  static ReverseKernel kernel(Sigma sigma) {
    return (state, t, s) -> {
      double alphaT = 1 - t;
      double alphaS = 1 - s;
      return AbsorbingStep.remasking(alphaT, alphaS, sigma.of(alphaT, alphaS), state.length());
    };
  }

  /** The chance that an unmasked position is remasked. */
  @FunctionalInterface
  interface Sigma {
    double of(double alphaT, double alphaS);
  }

  /** ReMDM with capped remasking (https://arxiv.org/abs/2503.00307): σ = min(η, σ_max). */
  public static final class Cap {
    static final Setting.Real ETA =
        new Setting.Real(
            "eta", 0.04, 0, 1, "η: the greatest chance of a token to be remasked in a step");

    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-cap",
            "ReMDM, capped",
            "Remasks each token with a chance of at most eta, so that early mistakes can be"
                + " mended.",
            "Equal, state by state, to recordings of kuleshov-group/remdm@f830d659 diffusion.py",
            List.of(ETA),
            settings ->
                Remdm.kernel(
                    (t, s) -> Math.min(settings.get(ETA), AbsorbingStep.greatestSigma(t, s))));

    private Cap() {}
  }

  /**
   * ReMDM with rescaled remasking (https://arxiv.org/abs/2503.00307): σ = η · σ_max.
   *
   * <p>However small a step is, each token is remasked with a chance of η σ_max and each mask is
   * filled with one of about η, all of a step without knowing of each other. So what MDLM loses
   * with more steps, the errors of tokens that are unmasked together, this repeats in every step:
   * of the model that knows the sentences of a small grammar, a third of the samples break its
   * rules at η = 0.5 and 16 steps, and two thirds at 256.
   */
  public static final class Rescale {
    static final Setting.Real ETA =
        new Setting.Real(
            "eta",
            0.04,
            0,
            1,
            "η: the share of the greatest possible chance to be remasked in a step");

    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-rescale",
            "ReMDM, rescaled",
            "Remasks each token with the share eta of the greatest possible chance, and unmasks as"
                + " many at once: where eta is large, more steps make more errors.",
            "Checked against the paper's equations: the share that is unmasked at every time; and"
                + " that errors grow with the steps at eta = 0.5",
            List.of(ETA),
            settings ->
                Remdm.kernel((t, s) -> settings.get(ETA) * AbsorbingStep.greatestSigma(t, s)));

    private Rescale() {}
  }

  /**
   * ReMDM with confidence-based remasking (https://arxiv.org/abs/2503.00307): σ of each token is
   * its share of σ_max, by the softmax over −p(x_0), the probability with which it was unmasked.
   * Tokens that were given have no such probability and are never remasked.
   */
  public static final class Conf {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-conf",
            "ReMDM, by confidence",
            "Remasks tokens by chance, those that were improbable when they were unmasked first.",
            "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py,"
                + " patched: its buffer of confidences is bfloat16, which raises an error, and was"
                + " made float32",
            List.of(),
            _ -> new Kernel());

    /** Memory: −p(x_0) of each token when it was unmasked, −∞ where there is none; float32. */
    private static final String SCORES = "scores";

    private Conf() {}

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
          sum += StrictMath.exp(score);
        }
        float[] shares = new float[scores.length];
        for (int i = 0; i < shares.length; i++) {
          shares[i] = sum == 0 ? 0 : (float) (StrictMath.exp(scores[i]) / sum);
        }
        return shares;
      }
    }
  }

  /**
   * ReMDM with a loop (https://arxiv.org/abs/2503.00307): down to the time t-on it unmasks as MDLM
   * does until the share α-on is unmasked, then it holds that share and corrects, remasking with σ
   * = min(η, σ_max) and unmasking as many, and from t-off on it unmasks the rest.
   */
  public static final class Loop {
    static final Setting.Real ETA =
        new Setting.Real("eta", 0.02, 0, 1, "η: the chance of a token to be remasked in the loop");
    static final Setting.Real T_ON =
        new Setting.Real(
            "t-on", 0.55, 0, 1, "The time, from 1 down to 0, at which the loop begins");
    static final Setting.Real T_OFF =
        new Setting.Real("t-off", 0.05, 0, 1, "The time at which the loop ends, at most t-on");
    static final Setting.Real ALPHA_ON =
        new Setting.Real("alpha-on", 0.9, 0, 0.999, "The share that is unmasked in the loop");

    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-loop",
            "ReMDM, loop",
            "Unmasks most tokens, then remasks and unmasks as many in a loop, and then the rest.",
            "Checked against the paper's equations: the share that is unmasked at every time",
            List.of(ETA, T_ON, T_OFF, ALPHA_ON),
            Loop::kernel);

    private Loop() {}

    private static ReverseKernel kernel(Settings settings) {
      double on = settings.get(T_ON);
      double off = settings.get(T_OFF);
      double alpha = settings.get(ALPHA_ON);
      if (off > on) {
        throw new SettingException(
            "t-off",
            "The setting t-off is %s, after which t-on, %s, cannot come; lower t-off."
                .formatted(off, on));
      }
      double sigma = Math.min(settings.get(ETA), AbsorbingStep.greatestSigma(alpha, alpha));
      return (state, t, s) -> {
        if (t > on) {
          float rate = (float) (alpha / (1 - on));
          return AbsorbingStep.ancestral(1 - (1 - t) * rate, 1 - (1 - s) * rate, state.length());
        }
        if (t <= off) {
          float rate = (float) ((1 - alpha) / off);
          return AbsorbingStep.ancestral(t * rate, s * rate, state.length());
        }
        return AbsorbingStep.remasking(alpha, alpha, sigma, state.length());
      };
    }
  }

  /**
   * MDLM as ReMDM's authors run it (https://arxiv.org/abs/2503.00307, with σ = 0): {@link
   * Mdlm.Cached} drawn in float64, which keeps improbable tokens, and from a nucleus.
   */
  public static final class LikeMdlm {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-mdlm",
            "ReMDM, MDLM baseline",
            "Unmasks by chance as MDLM does, with float64 draws from a nucleus; nothing is"
                + " remasked.",
            "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py",
            List.of(),
            _ -> (state, t, s) -> AbsorbingStep.ancestral(t, s, state.length()));

    private LikeMdlm() {}
  }

  /**
   * The forward-backward corrector as a ReMDM sampler (https://arxiv.org/abs/2503.00307): σ = (α_s
   * − α_t) / α_t, as if each step noised from s to t and then denoised twice as far.
   */
  public static final class ForwardBackward {
    /** As the user meets it. */
    public static final SamplerKind KIND =
        Remdm.kind(
            "remdm-forward-backward",
            "ReMDM, forward-backward",
            "Remasks as many tokens as a step of noise would, then unmasks twice as many.",
            "Equal, state by state, to a recording of kuleshov-group/remdm@f830d659 diffusion.py",
            List.of(),
            _ -> Remdm.kernel((t, s) -> t > 0 ? (s - t) / t : 1));

    private ForwardBackward() {}
  }
}
