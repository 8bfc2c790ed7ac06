package dev.unmask.engine.sampler.own;

/**
 * Why a sampler of somebody's own is not run.
 *
 * @param sampler its name
 * @param allowable whether it would be if the user allowed it
 * @param why a clause without its subject, which is the sampler
 * @param remedy what to do, in the imperative
 */
public record SamplerRefusal(String sampler, boolean allowable, String why, String remedy) {
  public static SamplerRefusal notAllowed(OwnSampler sampler) {
    return new SamplerRefusal(
        sampler.name(),
        true,
        "is somebody's own program, which a trace alone does not run",
        "look at it, and allow it with --allow-sampler");
  }

  public static SamplerRefusal otherVersion(OwnSampler sampler) {
    return new SamplerRefusal(
        sampler.name(),
        false,
        "is not the version that made the trace (its SHA-256 is now %s…)"
            .formatted(sampler.sha256().substring(0, 12)),
        "bring that version back, or choose a sampler to go on with");
  }

  /** All of it, for the middle of a sentence. */
  public String clause() {
    return "the sampler %s %s; %s".formatted(sampler, why, remedy);
  }

  /** All of it as a sentence. */
  public String sentence() {
    return "T" + clause().substring(1) + ".";
  }
}
