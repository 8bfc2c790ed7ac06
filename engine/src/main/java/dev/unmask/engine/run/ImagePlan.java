package dev.unmask.engine.run;

import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image run goes.
 *
 * @param settings of the sampler, by name; the defaults for those not given
 * @param labels one an image: a class, or the number of classes for none
 * @param guidance w of classifier-free guidance (https://arxiv.org/abs/2207.12598, equation 6); 0
 *     is none, and costs one evaluation a step instead of two
 * @param start empty for pure noise
 */
public record ImagePlan(
    ImageSamplerKind sampler,
    Map<String, String> settings,
    List<Integer> labels,
    double guidance,
    long seed,
    Optional<ImageStart> start) {
  /** N. */
  public int images() {
    return labels.size();
  }
}
