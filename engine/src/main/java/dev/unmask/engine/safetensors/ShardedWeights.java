package dev.unmask.engine.safetensors;

import dev.unmask.engine.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Tensors in several files, with an index that says which is where. */
public final class ShardedWeights implements Weights {
  private final Path index;
  private final SequencedMap<String, SafetensorsFile> places;

  private ShardedWeights(Path index, SequencedMap<String, SafetensorsFile> places) {
    this.index = index;
    this.places = places;
  }

  /**
   * Maps the files of an index.
   *
   * @param shards the file of each tensor
   * @throws InputException if a file is missing or damaged, or is not what the index says
   */
  public static ShardedWeights open(Path index, SequencedMap<String, Path> shards) {
    Map<Path, SafetensorsFile> files = new LinkedHashMap<>();
    try {
      shards.values().stream()
          .distinct()
          .forEach(file -> files.put(file, SafetensorsFile.open(file)));
      SequencedMap<String, SafetensorsFile> places = new LinkedHashMap<>();
      shards.forEach((name, file) -> places.put(name, files.get(file)));
      files.values().forEach(file -> checkIndexed(index, places, file));
      places.forEach((name, file) -> file.entry(name));
      return new ShardedWeights(index, places);
    } catch (RuntimeException e) {
      files.values().forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static void checkIndexed(
      Path index, Map<String, SafetensorsFile> places, SafetensorsFile file) {
    for (String name : file.entries().keySet()) {
      if (places.get(name) != file) {
        throw new InputException(
            "%s does not place tensor \"%s\" in %s, which has it; fetch all files from the same place."
                .formatted(index, name, file.path()));
      }
    }
  }

  private SafetensorsFile place(String name) {
    SafetensorsFile file = places.get(name);
    if (file == null) {
      throw new InputException(
          "%s has no tensor \"%s\"; it is not the kind of model that is needed here."
              .formatted(index, name));
    }
    return file;
  }

  @Override
  public Path path() {
    return index;
  }

  @Override
  public SequencedMap<String, Entry> entries() {
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    places.forEach((name, file) -> entries.put(name, file.entry(name)));
    return Collections.unmodifiableSequencedMap(entries);
  }

  @Override
  public Entry entry(String name) {
    return place(name).entry(name);
  }

  @Override
  public MemorySegment data(String name) {
    return place(name).data(name);
  }

  @Override
  public float[] floats(String name) {
    return place(name).floats(name);
  }

  @Override
  public float[] floats(String name, long first, int count) {
    return place(name).floats(name, first, count);
  }

  @Override
  public Values values(String name) {
    return place(name).values(name);
  }

  @Override
  public void close() {
    places.values().forEach(SafetensorsFile::close);
  }
}
