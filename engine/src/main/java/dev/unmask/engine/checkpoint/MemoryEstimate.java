package dev.unmask.engine.checkpoint;

import com.sun.management.OperatingSystemMXBean;
import dev.unmask.engine.FieldException;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.ProductSpeed;
import dev.unmask.engine.tensor.StoredRows.Precision;
import dev.unmask.engine.tensor.TensorOps;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/**
 * What a model takes, told by its config and the headers of its weights, before anything is loaded.
 *
 * @param model name of its folder
 * @param parameters numbers in the weights
 * @param multiplied those of them that each position is multiplied with, about
 * @param type of most of the numbers
 * @param weightBytes of the weights in memory
 * @param stays whether they stay in the mapped files, as they are stored
 * @param workBytes for a sequence of this length, about
 * @param length positions of the sequence
 */
public record MemoryEstimate(
    String model,
    long parameters,
    long multiplied,
    ElementType type,
    long weightBytes,
    boolean stays,
    long workBytes,
    int length) {
  private static final double GIGABYTE = 1e9;

  /**
   * Of a model folder and a sequence of so many positions.
   *
   * @throws InputException if the folder holds no whole model
   */
  public static MemoryEstimate of(Path folder, int length) {
    ModelConfig config = ModelConfig.read(folder.resolve("config.json"));
    try (Weights weights = new WeightFiles(folder).open()) {
      return of(name(folder), config, weights, length);
    }
  }

  /** The last part of a folder's path. */
  static String name(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  static MemoryEstimate of(String model, ModelConfig config, Weights weights, int length) {
    long parameters = elements(weights, 1);
    boolean stays = CheckpointTensors.stays(weights);
    return new MemoryEstimate(
        model,
        parameters,
        elements(weights, 2),
        weights.entries().values().stream()
            .max(Comparator.comparingLong(Entry::byteSize))
            .map(Entry::type)
            .orElse(ElementType.F32),
        stays ? weights.byteSize() : parameters * Float.BYTES,
        stays,
        config.shape().map(shape -> shape.workBytes(length)).orElse(0L),
        length);
  }

  /** Of all tensors with at least so many dimensions. */
  private static long elements(Weights weights, int dimensions) {
    return weights.entries().values().stream()
        .filter(entry -> entry.shape().length >= dimensions)
        .mapToLong(Entry::elements)
        .sum();
  }

  /** Bytes of memory that this machine, or the container that this runs in, has. */
  public static long memory() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /**
   * Refuses what cannot fit.
   *
   * @param memory bytes that there are
   * @throws InputException if weights and work do not fit
   */
  public void checkFits(long memory) {
    if (weightBytes + workBytes > memory) {
      throw new FieldException(
          "model",
          String.format(
              Locale.ROOT,
              "%s needs %.1f GB of memory for %d tokens and this machine has %.1f GB; take a"
                  + " shorter text, a smaller model, or a machine with more.",
              model,
              (weightBytes + workBytes) / GIGABYTE,
              length,
              memory / GIGABYTE));
    }
  }

  /**
   * Refuses what cannot fit where it is to be computed: on a card the weights are float32, however
   * they are stored.
   *
   * @throws InputException if weights and work do not fit
   */
  void checkFits(Accelerator accelerator) {
    accelerator
        .card()
        .ifPresentOrElse(
            card -> checkFitsCard(card.name(), card.free().orElse(card.memory())),
            () -> checkFits(memory()));
  }

  /**
   * Refuses what cannot fit on a card.
   *
   * @param free bytes of its memory that nobody uses
   */
  void checkFitsCard(String card, long free) {
    long needed = parameters * Float.BYTES + workBytes;
    if (needed > free) {
      throw new FieldException(
          "model",
          String.format(
              Locale.ROOT,
              "%s needs %.2f GB of a graphics card's memory, where its weights are float32, and the"
                  + " %s has %.2f GB free; take a smaller model, or compute on the CPU with"
                  + " --device cpu.",
              model,
              needed / GIGABYTE,
              card,
              free / GIGABYTE));
    }
  }

  /**
   * About how long one evaluation of the sequence takes here, by the speed of a product that is
   * tried out, in seconds.
   */
  public double seconds(int threads) {
    Precision precision =
        switch (stays ? type : ElementType.F32) {
          case F16 -> Precision.FLOAT16;
          case BF16 -> Precision.BFLOAT16;
          default -> Precision.FLOAT32;
        };
    try (TensorOps ops = Accelerator.probe().open(threads)) {
      return (double) multiplied * length / ProductSpeed.measure(ops, precision);
    }
  }

  /** In a sentence, without the time. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%s has %,d parameters in %s: %.2f GB of weights, %s, and about %.2f GB to work on %d"
            + " tokens.",
        model,
        parameters,
        type,
        weightBytes / GIGABYTE,
        stays ? "mapped as they are stored" : "as float32",
        workBytes / GIGABYTE,
        length);
  }
}
