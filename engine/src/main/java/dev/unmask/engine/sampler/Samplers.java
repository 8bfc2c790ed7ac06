package dev.unmask.engine.sampler;

import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.ancestral.Autoregressive;
import dev.unmask.engine.sampler.ancestral.Bert;
import dev.unmask.engine.sampler.ancestral.D3pm;
import dev.unmask.engine.sampler.ancestral.Duo;
import dev.unmask.engine.sampler.ancestral.FirstHitting;
import dev.unmask.engine.sampler.ancestral.Gidd;
import dev.unmask.engine.sampler.ancestral.Mdlm;
import dev.unmask.engine.sampler.ancestral.Psi;
import dev.unmask.engine.sampler.ancestral.Remdm;
import dev.unmask.engine.sampler.ancestral.Sedd;
import dev.unmask.engine.sampler.ancestral.Udlm;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.block.Bd3lm;
import dev.unmask.engine.sampler.block.Llada2;
import dev.unmask.engine.sampler.canvas.DiscreteDdim;
import dev.unmask.engine.sampler.canvas.EntropyBounded;
import dev.unmask.engine.sampler.canvas.UniformBlockRefinement;
import dev.unmask.engine.sampler.masked.Dinfer;
import dev.unmask.engine.sampler.masked.Dream;
import dev.unmask.engine.sampler.masked.DreamThreshold;
import dev.unmask.engine.sampler.masked.FastDllm;
import dev.unmask.engine.sampler.masked.HaltonMaskgit;
import dev.unmask.engine.sampler.masked.Llada;
import dev.unmask.engine.sampler.masked.Maskgit;
import dev.unmask.engine.sampler.masked.P2;
import dev.unmask.engine.sampler.masked.Wino;
import dev.unmask.engine.sampler.own.OwnSampler;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The samplers that there are. */
public final class Samplers {
  /** In the order they are shown. */
  public static final List<Family> FAMILIES =
      List.of(
          new Family(
              "Masks, the surest first",
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
                  EntropyBounded.KIND)),
          new Family(
              "Masks, by their posterior",
              List.of(
                  Mdlm.KIND,
                  Mdlm.Cached.KIND,
                  Mdlm.Analytic.KIND,
                  FirstHitting.KIND,
                  DiscreteDdim.KIND)),
          new Family(
              "Masks that come back",
              List.of(
                  Remdm.LikeMdlm.KIND,
                  Remdm.Cap.KIND,
                  Remdm.Rescale.KIND,
                  Remdm.Conf.KIND,
                  Remdm.Loop.KIND,
                  Remdm.ForwardBackward.KIND)),
          new Family(
              "Any noise",
              List.of(
                  D3pm.KIND,
                  Sedd.Euler.KIND,
                  Sedd.Analytic.KIND,
                  Udlm.KIND,
                  Duo.KIND,
                  Psi.KIND,
                  Gidd.KIND,
                  Gidd.OfMdlm.KIND,
                  UniformBlockRefinement.KIND)),
          new Family("Block by block", List.of(Bd3lm.KIND)),
          new Family(
              "The two ends: a token a step, all in one", List.of(Autoregressive.KIND, Bert.KIND)));

  /** Of all families. */
  public static final List<SamplerKind> ALL =
      FAMILIES.stream().flatMap(family -> family.kinds().stream()).toList();

  /** Tells a sampler's noise, which no vocabulary changes. */
  private static final Vocabulary PROBE = new Vocabulary(4, 3, new int[0]);

  private Samplers() {}

  /**
   * Samplers that have their idea in common.
   *
   * @param words what that is
   */
  public record Family(String words, List<SamplerKind> kinds) {}

  /** The family of a sampler; empty for somebody's own. */
  public static Optional<Family> family(SamplerKind kind) {
    return FAMILIES.stream().filter(family -> family.kinds().contains(kind)).findFirst();
  }

  /**
   * Why a built-in sampler with its own settings cannot serve a model that was trained for this;
   * empty if it can, or if only the model itself can tell.
   */
  public static Optional<String> misfit(SamplerKind kind, TrainedFor trained) {
    NoiseKind noise = kind.create(Map.of(), PROBE).noise();
    boolean chosen = kind.settings().stream().anyMatch(setting -> setting.name().equals("noise"));
    return switch (trained) {
      case MASKS, BLOCKS ->
          noise == NoiseKind.ABSORBING || chosen
              ? Optional.empty()
              : Optional.of(
                  "takes away %s noise, and the model fills masks".formatted(noise.word()));
      case UNIFORM_NOISE ->
          noise == NoiseKind.UNIFORM || chosen
              ? Optional.empty()
              : Optional.of("fills masks, and the model was made for uniform noise");
      case LEFT_TO_RIGHT ->
          kind == Autoregressive.KIND
              ? Optional.empty()
              : Optional.of("fills in anywhere, and the model goes from left to right");
    };
  }

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
   * The built-in sampler of that name.
   *
   * @throws SettingException if there is none
   * @throws RefusedSamplerException if it is the name of somebody's own
   */
  public static SamplerKind named(String name) {
    return named(name, SamplerPermission.NONE);
  }

  /**
   * The sampler of that name, or somebody's own that may be run: the path of a .java file, compiled
   * again if it changed, or the full name of a class on the class path.
   *
   * @throws SettingException if there is none
   * @throws RefusedSamplerException if it may not be run, or cannot be read
   * @throws dev.unmask.engine.InputException if it cannot be compiled or loaded
   */
  public static SamplerKind named(String name, SamplerPermission permission) {
    return OwnSampler.of(name)
        .map(own -> own(own, Optional.empty(), permission))
        .orElseGet(() -> builtIn(name));
  }

  /**
   * The sampler that took the steps of a segment.
   *
   * @throws SettingException if there is none
   * @throws RefusedSamplerException if it is somebody's own and may not be run, or is another
   *     version than then
   * @throws dev.unmask.engine.InputException if it cannot be compiled or loaded
   */
  public static SamplerKind of(Segment segment, SamplerPermission permission) {
    return OwnSampler.of(segment.sampler())
        .map(own -> own(own, segment.samplerSha256(), permission))
        .orElseGet(() -> builtIn(segment.sampler()));
  }

  private static SamplerKind own(
      OwnSampler own, Optional<String> recorded, SamplerPermission permission) {
    if (!permission.allows(own)) {
      throw new RefusedSamplerException(SamplerRefusal.notAllowed(own));
    }
    if (recorded.isPresent() && !recorded.get().equals(own.sha256())) {
      throw new RefusedSamplerException(SamplerRefusal.otherVersion(own));
    }
    return own.kind();
  }

  private static SamplerKind builtIn(String name) {
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    "sampler",
                    "There is no sampler '%s'; there are %s, or give the path of your own .java file."
                        .formatted(
                            name,
                            ALL.stream()
                                .map(SamplerKind::name)
                                .collect(Collectors.joining(", ")))));
  }
}
