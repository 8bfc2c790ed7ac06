package dev.unmask.engine.sampler.api;

import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value for every setting of a sampler, all in range. */
public final class Settings {
  private final Map<Setting<?>, Object> values;

  private Settings(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /** The defaults, but for those given by name. */
  public static Settings of(List<Setting<?>> described, Map<String, String> given) {
    Map<String, String> unknown = new LinkedHashMap<>(given);
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    for (Setting<?> setting : described) {
      String text = unknown.remove(setting.name());
      values.put(setting, text == null ? setting.fallback() : setting.parse(text));
    }
    if (!unknown.isEmpty()) {
      throw new SettingException(
          "There is no setting '%s'; there are %s."
              .formatted(
                  unknown.keySet().iterator().next(),
                  described.stream().map(Setting::name).collect(Collectors.joining(", "))));
    }
    return new Settings(values);
  }

  /** Those given by name, and what a model decides of those that are left to it. */
  public static Map<String, String> decidedBy(
      TokenDenoiser model, List<Setting<?>> described, Map<String, String> given) {
    Map<String, String> complete = new LinkedHashMap<>(given);
    for (Setting<?> setting : described) {
      decided(setting, model, given)
          .ifPresent(value -> complete.put(setting.name(), String.valueOf(value)));
    }
    return complete;
  }

  private static <T> Optional<T> decided(
      Setting<T> setting, TokenDenoiser model, Map<String, String> given) {
    return setting.decidedBy(
        model, Optional.ofNullable(given.get(setting.name())).map(setting::parse));
  }

  /** The value of a setting that the sampler described. */
  @SuppressWarnings("unchecked")
  public <T> T get(Setting<T> setting) {
    return (T) values.get(setting);
  }

  /** All values by name, in the order described. */
  public Map<String, Object> byName() {
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((setting, value) -> named.put(setting.name(), value));
    return Collections.unmodifiableMap(named);
  }
}
