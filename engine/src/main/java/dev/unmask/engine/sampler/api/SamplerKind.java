package dev.unmask.engine.sampler.api;

import dev.unmask.engine.denoiser.Vocabulary;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A sampler as the user meets it.
 *
 * @param name lower case with hyphens, after the paper
 * @param title as the paper writes it
 * @param summary what it does, in a sentence
 * @param verified what it was checked against
 * @param settings in the order they are shown
 * @param constructor makes it
 * @param sha256 of its source, in lower-case hexadecimal, if it is somebody's own
 */
public record SamplerKind(
    String name,
    String title,
    String summary,
    URI paper,
    String verified,
    List<Setting<?>> settings,
    BiFunction<Settings, Vocabulary, TokenSampler> constructor,
    Optional<String> sha256)
    implements SamplerDescription {
  /** As samplers describe themselves. */
  public SamplerKind(
      String name,
      String title,
      String summary,
      URI paper,
      String verified,
      List<Setting<?>> settings,
      BiFunction<Settings, Vocabulary, TokenSampler> constructor) {
    this(name, title, summary, paper, verified, settings, constructor, Optional.empty());
  }

  /** Makes the sampler with these of its settings. */
  public TokenSampler create(Settings given, Vocabulary vocabulary) {
    return constructor.apply(given, vocabulary);
  }

  /** Makes the sampler with these settings as they are typed, the defaults for those not given. */
  public TokenSampler create(Map<String, String> typed, Vocabulary vocabulary) {
    return create(Settings.of(settings, typed), vocabulary);
  }
}
