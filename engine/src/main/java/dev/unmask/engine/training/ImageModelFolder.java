package dev.unmask.engine.training;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.JsonFile;
import dev.unmask.engine.denoiser.unet.NetworkWeights;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.training.TensorFiles.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A network on images as a folder: config.json and model.safetensors, in float16. */
record ImageModelFolder(ObjectNode config, NetworkWeights weights, TensorFiles files) {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";

  /** Writes the files, each beside its place first. */
  void save(Path folder) {
    try {
      Files.createDirectories(folder);
      SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
      for (Parameter parameter : weights.all()) {
        Rows rows = Rows.all(parameter.weight());
        contents.put(rows.entry(parameter.name(), ElementType.F16), files.float16(rows));
      }
      SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of(), contents);
      byte[] text = new JsonMapper().writer(new DefaultPrettyPrinter()).writeValueAsBytes(config);
      AtomicFile.write(folder.resolve(CONFIG), out -> out.write(text));
    } catch (IOException e) {
      throw new InputException(
          "The model folder %s cannot be written (%s); check that there is room."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /**
   * Fills the weights.
   *
   * @throws InputException if the folder holds no model of this shape and kind
   */
  void load(Path folder) {
    JsonNode found = JsonFile.read(folder.resolve(CONFIG));
    if (!found.equals(config)) {
      throw new InputException(
          "The model in %s is %s and not %s; ask for its shape.".formatted(folder, found, config));
    }
    try (SafetensorsFile saved = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      weights.load(saved);
    }
  }
}
