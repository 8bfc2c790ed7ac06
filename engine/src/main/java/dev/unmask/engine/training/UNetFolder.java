package dev.unmask.engine.training;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.denoiser.unet.UNetWeights;
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

/** An image model as a folder: config.json and model.safetensors, in float16. */
record UNetFolder(Path folder, UNetConfig config, UNetWeights weights, TensorFiles files) {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";

  /** Writes the files, each beside its place first. */
  void save() {
    try {
      Files.createDirectories(folder);
      SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
      for (Parameter parameter : weights.all()) {
        Rows rows = Rows.all(parameter.weight());
        contents.put(rows.entry(parameter.name(), ElementType.F16), files.float16(rows));
      }
      SafetensorsWriter.write(folder.resolve(WEIGHTS), Map.of(), contents);
      ModelFolder.replace(
          folder.resolve(CONFIG),
          new JsonMapper().writer(new DefaultPrettyPrinter()).writeValueAsBytes(config.json()));
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
   * @throws InputException if the folder holds no model of this shape
   */
  void load() {
    UNetShape found = UNetConfig.read(folder.resolve(CONFIG)).shape();
    if (!found.equals(config.shape())) {
      throw new InputException(
          "The model in %s is %s and not %s; ask for its shape."
              .formatted(folder, found, config.shape()));
    }
    try (SafetensorsFile saved = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      weights.load(saved);
    }
  }
}
