package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.ShardedWeights;
import dev.unmask.engine.safetensors.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The files of a model folder that hold its weights: one, or several with an index. */
record WeightFiles(Path folder) {
  private static final String ONE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  /**
   * Maps them.
   *
   * @throws InputException if one is missing or damaged, or they contradict each other
   */
  Weights open() {
    return isSharded()
        ? ShardedWeights.open(folder.resolve(INDEX), shards())
        : SafetensorsFile.open(folder.resolve(ONE));
  }

  /** All of them, each once. */
  List<Path> paths() {
    return isSharded()
        ? shards().values().stream().distinct().sorted().toList()
        : List.of(folder.resolve(ONE));
  }

  private boolean isSharded() {
    return !Files.exists(folder.resolve(ONE)) && Files.exists(folder.resolve(INDEX));
  }

  /** The file of each tensor. */
  private SequencedMap<String, Path> shards() {
    Path index = folder.resolve(INDEX);
    JsonNode places = JsonFile.read(index).path("weight_map");
    SequencedMap<String, Path> shards = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      String name = place.getValue().asText();
      if (!name.matches("[\\w.-]+\\.safetensors")) {
        throw new InputException(
            "%s places tensor \"%s\" in \"%s\", which is no safetensors file beside it; fetch it again."
                .formatted(index, place.getKey(), name));
      }
      shards.put(place.getKey(), folder.resolve(name));
    }
    if (shards.isEmpty()) {
      throw new InputException(
          index + " has no weight_map that places a tensor in a file; fetch it again.");
    }
    return shards;
  }
}
