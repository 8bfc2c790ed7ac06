package dev.unmask.engine.tensor;

import java.util.Optional;

/**
 * Where transformers are computed: on a graphics card if that was asked for by the system property
 * {@code unmask.device=cuda}, its libraries are on the class path and its driver and compute
 * capability will do, and else on the CPU.
 *
 * @param isCard whether it is the card
 * @param notice a line about what was asked for, empty if nothing was
 */
public record Accelerator(boolean isCard, Optional<String> notice) {
  private static final String PROPERTY = "unmask.device";

  /** Looks at what was asked for, and at the machine only if it was a card. */
  public static Accelerator probe() {
    if (!System.getProperty(PROPERTY, "cpu").equals("cuda")) {
      return new Accelerator(false, Optional.empty());
    }
    return of(BackEnd.CUDA.isThere(Accelerator.class.getClassLoader()), CudaCard.probe());
  }

  /**
   * By what was found.
   *
   * @param libraries whether ND4J's libraries for cards are there
   */
  static Accelerator of(boolean libraries, Optional<CudaCard> card) {
    Optional<String> obstacle =
        libraries
            ? card.map(CudaCard::obstacle)
                .orElse(Optional.of("there is no NVIDIA card with a driver"))
            : Optional.of("ND4J's CUDA libraries are not on the class path");
    String line =
        obstacle
            .map(why -> "Computing on the CPU: " + why + ".")
            .orElseGet(() -> "Computing on the " + card.orElseThrow().name() + ".");
    return new Accelerator(obstacle.isEmpty(), Optional.of(line));
  }

  /**
   * Operations there.
   *
   * @param threads that the CPU computes on
   */
  public TensorOps open(int threads) {
    if (!isCard) {
      return new HostTensors(threads);
    }
    BackEnd.choose(BackEnd.CUDA);
    return new PortableTensors();
  }
}
