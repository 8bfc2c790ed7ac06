package dev.unmask.engine.sampler.api;

import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was given of a sampler's settings, all in range; the others have their defaults. */
public final class Settings {
  private final List<Setting<?>> described;
  private final Map<Setting<?>, Object> given;

  private Settings(List<Setting<?>> described, Map<Setting<?>, Object> given) {
    this.described = described;
    this.given = given;
  }

  /**
   * Those given by name, as they are typed.
   *
   * @throws SettingException if one is not described, or not in its range
   */
  public static Settings of(List<Setting<?>> described, Map<String, String> typed) {
    Map<String, String> unknown = new LinkedHashMap<>(typed);
    Map<Setting<?>, Object> given = new HashMap<>();
    for (Setting<?> setting : described) {
      String text = unknown.remove(setting.name());
      if (text != null) {
        given.put(setting, setting.parse(text));
      }
    }
    if (!unknown.isEmpty()) {
      String name = unknown.keySet().iterator().next();
      throw new SettingException(
          name,
          "There is no setting '%s'; there are %s."
              .formatted(
                  name, described.stream().map(Setting::name).collect(Collectors.joining(", "))));
    }
    return new Settings(described, given);
  }

  /** The same with what a model decides of those that are left to it. */
  public Settings decidedBy(TokenDenoiser model) {
    Map<Setting<?>, Object> all = new HashMap<>(given);
    for (Setting<?> setting : described) {
      decided(setting, model).ifPresent(value -> all.put(setting, value));
    }
    return new Settings(described, all);
  }

  private <T> Optional<T> decided(Setting<T> setting, TokenDenoiser model) {
    return setting.decidedBy(model, given(setting));
  }

  @SuppressWarnings("unchecked")
  private <T> Optional<T> given(Setting<T> setting) {
    return Optional.ofNullable((T) given.get(setting));
  }

  /** The value of a setting that the sampler described. */
  public <T> T get(Setting<T> setting) {
    return given(setting).orElse(setting.fallback());
  }

  /** All values by name, in the order described. */
  public Map<String, Object> byName() {
    Map<String, Object> named = new LinkedHashMap<>();
    described.forEach(setting -> named.put(setting.name(), get(setting)));
    return Collections.unmodifiableMap(named);
  }
}
