package dev.unmask.engine.tensor;

import dev.unmask.engine.InputException;
import java.util.Locale;

/** What language models can be asked to be computed on. Images and training know the CPU alone. */
public enum Device {
  /** The processor. */
  CPU,
  /** An NVIDIA card, if there is one that will do. */
  CUDA;

  /** The system property that asks; the start scripts set it, and {@link #ask} does. */
  private static final String PROPERTY = "unmask.device";

  /**
   * What this process was asked for.
   *
   * @throws InputException if the property names none
   */
  public static Device asked() {
    String word = System.getProperty(PROPERTY, CPU.word());
    for (Device device : values()) {
      if (device.word().equals(word)) {
        return device;
      }
    }
    throw new InputException(
        "The system property %s is '%s'; give cpu or cuda.".formatted(PROPERTY, word));
  }

  /** Asks for it, for all that the process computes from now on. */
  public void ask() {
    System.setProperty(PROPERTY, word());
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
