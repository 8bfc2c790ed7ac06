package dev.unmask.engine.tensor;

import dev.unmask.engine.InputException;
import java.util.Map;
import java.util.Optional;

/**
 * Where language models are computed: on a graphics card if that was asked for, its libraries are
 * on the class path and its driver and compute capability will do, and else on the CPU.
 *
 * @param card that computes; none where the CPU does
 * @param notice what a person has to know about what was asked for, empty if nothing was
 */
public record Accelerator(Optional<GraphicsCard.Nvidia> card, Optional<String> notice) {
  /** The environment's variable with the bytes that the driver keeps of what it translated. */
  private static final String CACHE = "CUDA_CACHE_MAXSIZE";

  /** What that is to be, which is the most that it may be. */
  private static final long CACHE_BYTES = 1L << 32;

  /** What ND4J's code takes there at most. */
  private static final long LEAST_CACHE_BYTES = 1L << 30;

  /** Looks at what was asked for, and at the machine only if it was a card. */
  public static Accelerator probe() {
    return of(Device.asked());
  }

  /** What it would be, were this asked for. */
  public static Accelerator of(Device asked) {
    return switch (asked) {
      case CPU -> new Accelerator(Optional.empty(), Optional.empty());
      case CUDA ->
          of(
              BackEnd.CUDA.isThere(Accelerator.class.getClassLoader()),
              GraphicsCard.probe(),
              System.getenv());
    };
  }

  /**
   * By what was found.
   *
   * @param libraries whether ND4J's libraries for cards are there
   * @param environment the process's variables
   */
  static Accelerator of(boolean libraries, GraphicsCard found, Map<String, String> environment) {
    Optional<String> obstacle =
        libraries
            ? found.obstacle()
            : Optional.of(
                "ND4J's libraries for cards are not here, which a build with -Pcuda brings");
    return found instanceof GraphicsCard.Nvidia card && obstacle.isEmpty()
        ? new Accelerator(
            Optional.of(card),
            Optional.of(
                "Computing language models on the " + card.name() + translation(card, environment)))
        : new Accelerator(
            Optional.empty(),
            Optional.of("Computing language models on the CPU: " + obstacle.orElseThrow() + "."));
  }

  /** How the sentence ends that says where it is computed. */
  private static String translation(GraphicsCard.Nvidia card, Map<String, String> environment) {
    if (!card.translates()) {
      return ".";
    }
    String once =
        " by translation: its driver translates ND4J's code at the first start, which takes some 25"
            + " minutes of processor time and 0.5 to 0.9 GB of its cache";
    return keeps(environment)
        ? once + "."
        : "%s; set %s=%d, or it may do so at each start.".formatted(once, CACHE, CACHE_BYTES);
  }

  private static boolean keeps(Map<String, String> environment) {
    try {
      return Long.parseLong(environment.getOrDefault(CACHE, "0")) >= LEAST_CACHE_BYTES;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /**
   * What to tell a person when ND4J did not start on the card that it was to compute on; a fault of
   * the program stays one.
   */
  public InputException failed(LinkageError e) {
    var failure =
        new InputException(
            "ND4J does not start on the %s; renew the card's driver, or compute on the CPU with --device cpu."
                .formatted(card.orElseThrow(() -> e).name()));
    failure.initCause(e);
    return failure;
  }

  /**
   * Operations there.
   *
   * @param threads that the CPU computes on
   */
  public TensorOps open(int threads) {
    if (card.isEmpty()) {
      return new HostTensors(threads);
    }
    BackEnd.choose(BackEnd.CUDA);
    return new PortableTensors();
  }
}
