package dev.unmask.engine.sampler.own;

/**
 * Which samplers of people's own may be run. They are programs, and a trace that names one is data
 * that may come from anybody: it makes nothing run that the user did not name or allow. What is
 * built in needs no permission.
 */
@FunctionalInterface
public interface SamplerPermission {
  /** None. */
  SamplerPermission NONE = _ -> false;

  /**
   * Whether a sampler may be run as it is now.
   *
   * @param sampler of which nothing was read yet; asking for its SHA-256 does
   */
  boolean allows(OwnSampler sampler);

  /** What the user named, whatever is there; nothing if that is a built-in sampler's name. */
  static SamplerPermission named(String name) {
    return OwnSampler.of(name)
        .map(OwnSampler::place)
        .<SamplerPermission>map(place -> sampler -> sampler.place().equals(place))
        .orElse(NONE);
  }
}
