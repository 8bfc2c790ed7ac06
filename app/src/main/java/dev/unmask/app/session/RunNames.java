package dev.unmask.app.session;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What people called their runs, kept in a file. */
public final class RunNames {
  private final SettingsFile<Map<String, String>> file;
  private final Map<String, String> names;

  /** As they were kept. */
  RunNames(Path file, Consumer<String> told) {
    this.file = new SettingsFile<>(file, new TypeReference<>() {}, told);
    names = new LinkedHashMap<>(this.file.read(kept -> kept).orElse(Map.of()));
  }

  Optional<String> of(Path run) {
    return Optional.ofNullable(names.get(run.toString()));
  }

  /** An empty name is none. */
  void put(Path run, String name) {
    if (name.isEmpty()) {
      names.remove(run.toString());
    } else {
      names.put(run.toString(), name);
    }
    file.write(names);
  }
}
