package dev.unmask.app.tokens;

import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Forms for two samplers that are only described. */
public final class Forms {
  private Forms() {}

  public static RunViewModel of(int... seeds) {
    var next = Arrays.stream(seeds).iterator();
    return new RunViewModel(
        List.of("stories", "other"), _ -> Optional.empty(), List.of(first(), second()), next::next);
  }

  private static SamplerKind first() {
    return kind(
        "first",
        new Setting.Whole("steps", 32, 1, 1000, "How many steps."),
        new Setting.Real("temperature", 0.0, 0, 10, "Noise on the logits."));
  }

  private static SamplerKind second() {
    return kind(
        "second",
        new Setting.Choice("token-order", "random", List.of("random", "fixed"), "The order."));
  }

  private static SamplerKind kind(String name, Setting<?>... settings) {
    return new SamplerKind(
        name,
        name,
        "Is described.",
        URI.create("https://example.org"),
        "nothing",
        List.of(settings),
        (chosen, vocabulary) -> {
          throw new AssertionError("A form makes no sampler.");
        });
  }
}
