package dev.unmask.engine.sampler.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
