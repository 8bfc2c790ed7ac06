package dev.unmask.engine.sampler;

import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.image.ImageChains;
import dev.unmask.engine.sampler.image.ImageSolvers;
import java.util.List;
import java.util.stream.Collectors;

/** The image samplers that there are. */
public final class ImageSamplers {
  /** In the order they are shown, which is nearly that of their papers. */
  public static final List<ImageSamplerKind> ALL =
      List.of(
          ImageChains.WALK_BACK,
          ImageChains.OF_2015,
          ImageSolvers.LANGEVIN,
          ImageChains.DDPM,
          ImageChains.DDIM,
          ImageChains.DDIM_INVERSION,
          ImageSolvers.PREDICTOR_CORRECTOR,
          ImageSolvers.PROBABILITY_FLOW,
          ImageSolvers.EULER,
          ImageSolvers.EULER_ANCESTRAL,
          ImageSolvers.HEUN,
          ImageSolvers.LMS,
          ImageSolvers.EDM_EULER,
          ImageSolvers.EDM_DPM_SOLVER,
          ImageSolvers.DPM_SOLVER,
          ImageSolvers.DPM_SOLVER_INVERSION,
          ImageSolvers.UNIPC,
          ImageChains.CONSISTENCY,
          ImageChains.LCM,
          ImageSolvers.FLOW_EULER,
          ImageSolvers.FLOW_HEUN);

  private ImageSamplers() {}

  /**
   * The sampler of that name.
   *
   * @throws SettingException if there is none
   */
  public static ImageSamplerKind named(String name) {
    return ALL.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    "There is no image sampler '%s'; there are %s."
                        .formatted(
                            name,
                            ALL.stream()
                                .map(ImageSamplerKind::name)
                                .collect(Collectors.joining(", ")))));
  }
}
