package dev.unmask.engine.sampler.api;

import dev.unmask.engine.noise.gaussian.ProcessKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An image sampler as the user meets it.
 *
 * @param name lower case with hyphens, after the paper
 * @param title as the paper writes it
 * @param summary what it does, in a sentence
 * @param verified what it was checked against
 * @param settings in the order they are shown
 * @param beginning what a run starts from
 * @param noise that it takes away, with these settings
 * @param constructor makes it
 */
public record ImageSamplerKind(
    String name,
    String title,
    String summary,
    URI paper,
    String verified,
    List<Setting<?>> settings,
    Beginning beginning,
    Function<Settings, ProcessKind> noise,
    Function<Settings, ImageSampler> constructor)
    implements SamplerDescription {
  /** What a run starts from. */
  public enum Beginning {
    /** Pure noise, or an image that was noised. */
    NOISE,
    /** A clean image: the noise is what comes out. */
    IMAGE
  }

  /**
   * Makes the sampler with these settings, the defaults for those not given.
   *
   * @throws dev.unmask.engine.InputException if a setting is unknown or not in its range
   */
  public ImageSampler create(Map<String, String> given) {
    return constructor.apply(Settings.of(settings, given));
  }

  /** Whether a setting can be one of several words, and this is one. */
  public boolean offers(String setting, String word) {
    return settings.stream()
        .anyMatch(
            offered ->
                offered instanceof Setting.Choice choice
                    && choice.name().equals(setting)
                    && choice.words().contains(word));
  }

  /** The process whose noise it takes away with these settings. */
  public ProcessKind process(Map<String, String> given) {
    return noise.apply(Settings.of(settings, given));
  }
}
