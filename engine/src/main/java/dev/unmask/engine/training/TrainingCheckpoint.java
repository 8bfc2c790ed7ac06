package dev.unmask.engine.training;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.training.TensorFiles.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The file from which an interrupted run goes on as if it had never stopped: weights, the
 * optimizer's memory and the step, in one safetensors file.
 */
final class TrainingCheckpoint {
  private static final String PLAN = "plan";
  private static final String STEP = "step";

  private final Path file;
  private final String fingerprint;
  private final TensorFiles files;
  private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

  TrainingCheckpoint(
      TrainingPlan plan, TensorFiles files, Iterable<Parameter> weights, Optimizer optimizer) {
    this.file = plan.folder().resolve("checkpoint.safetensors");
    this.fingerprint = plan.fingerprint();
    this.files = files;
    weights.forEach(parameter -> tensors.put("weight." + parameter.name(), parameter.weight()));
    tensors.putAll(optimizer.memory());
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** For one run alone. */
  AtomicFile claim() {
    return AtomicFile.claim(file);
  }

  /** Puts it in the last one's place, which is claimed. */
  void save(AtomicFile claimed, int step) {
    SequencedMap<Entry, Source> contents = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          Rows rows = Rows.all(tensor);
          contents.put(rows.entry(name, ElementType.F32), files.float32(rows));
        });
    Map<String, String> metadata = Map.of(PLAN, fingerprint, STEP, Integer.toString(step));
    SafetensorsWriter.write(claimed, metadata, contents);
  }

  /**
   * Fills the weights and the optimizer's memory.
   *
   * @return the number of steps done
   */
  int load() {
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      String plan = saved.metadata().get(PLAN);
      if (!fingerprint.equals(plan)) {
        throw new InputException(
            "%s was made with other settings (%s); train with those, or into another folder."
                .formatted(file, plan));
      }
      tensors.forEach((name, tensor) -> files.load(saved, name, Rows.all(tensor)));
      return Integer.parseInt(saved.metadata().get(STEP));
    }
  }
}
