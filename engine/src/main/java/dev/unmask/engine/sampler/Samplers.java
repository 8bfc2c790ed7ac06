package dev.unmask.engine.sampler;

import dev.unmask.engine.denoiser.TrainedFor;
import java.util.List;
import java.util.stream.Collectors;

/** The samplers that there are. */
public final class Samplers {
  /** In the order they are shown. */
  public static final List<SamplerKind> ALL =
      List.of(
          Llada.KIND,
          Llada2.KIND,
          Dream.KIND,
          DreamThreshold.KIND,
          FastDllm.KIND,
          Dinfer.KIND,
          P2.KIND,
          Wino.KIND,
          Maskgit.KIND,
          HaltonMaskgit.KIND,
          Mdlm.KIND,
          MdlmCached.KIND,
          MdlmAnalytic.KIND,
          RemdmMdlm.KIND,
          RemdmCap.KIND,
          RemdmRescale.KIND,
          RemdmConf.KIND,
          RemdmLoop.KIND,
          RemdmForwardBackward.KIND,
          D3pm.KIND,
          SeddEuler.KIND,
          SeddAnalytic.KIND,
          Udlm.KIND,
          Duo.KIND,
          Psi.KIND,
          Gidd.KIND,
          GiddMdlm.KIND,
          FirstHitting.KIND,
          Autoregressive.KIND,
          Bert.KIND,
          EntropyBounded.KIND,
          DiscreteDdim.KIND,
          UniformBlockRefinement.KIND,
          Bd3lm.KIND);

  private Samplers() {}

  /** The sampler that people know best of those that suit a model. */
  public static SamplerKind usual(TrainedFor trained) {
    return switch (trained) {
      case MASKS -> Llada.KIND;
      case LEFT_TO_RIGHT -> Autoregressive.KIND;
      case UNIFORM_NOISE -> Udlm.KIND;
      case BLOCKS -> Bd3lm.KIND;
    };
  }

  /**
   * The sampler of that name, or somebody's own: the path of a .java file, compiled again if it
   * changed, or the full name of a class on the class path.
   *
   * @throws SettingException if there is none
   * @throws dev.unmask.engine.InputException if there is, but it cannot be compiled or loaded
   */
  public static SamplerKind named(String name) {
    if (OwnSampler.isNamedBy(name)) {
      return OwnSampler.of(name);
    }
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    "There is no sampler '%s'; there are %s, or give the path of your own .java file."
                        .formatted(
                            name,
                            ALL.stream()
                                .map(SamplerKind::name)
                                .collect(Collectors.joining(", ")))));
  }
}
