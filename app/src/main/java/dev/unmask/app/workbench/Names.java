package dev.unmask.app.workbench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What people called their runs, kept in a file. */
final class Names {
  private static final System.Logger LOG = System.getLogger(Names.class.getName());
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Map<String, String> names;

  /** As they were kept. */
  Names(Path file) {
    this.file = file;
    names = Files.isRegularFile(file) ? read(file) : new LinkedHashMap<>();
  }

  private static Map<String, String> read(Path file) {
    try {
      return JSON.readValue(
          Files.readString(file), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " holds no names", e);
      return new LinkedHashMap<>();
    }
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
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, JSON.writeValueAsString(names));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the names of runs cannot be kept", e);
    }
  }
}
