package dev.unmask.app.workbench;

import java.util.Map;

/**
 * What a person asks to be run.
 *
 * @param model a bundled model's name, or a model folder
 * @param prompt may be empty
 * @param length prompt and answer together, in tokens
 * @param sampler by name
 * @param settings of the sampler, as they were typed; those not given have their defaults
 */
public record RunRequest(
    String model,
    String prompt,
    int length,
    String sampler,
    Map<String, String> settings,
    long seed) {
  /** What is run where nothing else was asked for: a short story from nothing but masks. */
  public static final RunRequest EXAMPLE =
      new RunRequest("stories", "", 64, "llada", Map.of("temperature", "0.7"), 7);
}
