package dev.unmask.engine.sampler;

import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.image.AnnealedLangevin;
import dev.unmask.engine.sampler.image.Consistency;
import dev.unmask.engine.sampler.image.Ddim;
import dev.unmask.engine.sampler.image.Ddpm;
import dev.unmask.engine.sampler.image.DpmSolver;
import dev.unmask.engine.sampler.image.Edm;
import dev.unmask.engine.sampler.image.Euler;
import dev.unmask.engine.sampler.image.EulerAncestral;
import dev.unmask.engine.sampler.image.FlowEuler;
import dev.unmask.engine.sampler.image.FlowHeun;
import dev.unmask.engine.sampler.image.Heun;
import dev.unmask.engine.sampler.image.LatentConsistency;
import dev.unmask.engine.sampler.image.LinearMultistep;
import dev.unmask.engine.sampler.image.PredictorCorrector;
import dev.unmask.engine.sampler.image.ProbabilityFlow;
import dev.unmask.engine.sampler.image.UniPc;
import dev.unmask.engine.sampler.image.WalkBack;
import java.util.List;
import java.util.stream.Collectors;

/** The image samplers that there are. */
public final class ImageSamplers {
  /** In the order they are shown, which is nearly that of their papers. */
  public static final List<ImageSamplerKind> ALL =
      List.of(
          WalkBack.KIND,
          Ddpm.OF_2015,
          AnnealedLangevin.KIND,
          Ddpm.KIND,
          Ddim.KIND,
          Ddim.INVERSION,
          PredictorCorrector.KIND,
          ProbabilityFlow.KIND,
          Euler.KIND,
          EulerAncestral.KIND,
          Heun.KIND,
          LinearMultistep.KIND,
          Edm.EULER,
          Edm.DPM_SOLVER,
          DpmSolver.KIND,
          DpmSolver.INVERSION,
          UniPc.KIND,
          Consistency.KIND,
          LatentConsistency.KIND,
          FlowEuler.KIND,
          FlowHeun.KIND);

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
                    "sampler",
                    "There is no image sampler '%s'; there are %s."
                        .formatted(
                            name,
                            ALL.stream()
                                .map(ImageSamplerKind::name)
                                .collect(Collectors.joining(", ")))));
  }
}
