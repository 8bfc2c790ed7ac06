package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.DiscreteProcess;
import dev.unmask.engine.noise.GaussianKernel;
import dev.unmask.engine.noise.Kernel;
import dev.unmask.engine.noise.Posterior;
import dev.unmask.engine.noise.RateKernel;
import dev.unmask.engine.noise.Transition;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Transition matrices, their products and posteriors of D3PM's images/diffusion_categorical.py. Its
 * t counts from 0 where ours counts from 1.
 */
public final class D3pmMatrices implements SingleCase {
  private static final List<String> KERNELS = List.of("gaussian", "uniform", "absorbing");

  /** What the reference adds to a probability before it takes the logarithm. */
  private static final double EPSILON = 1e-6;

  /** Absolute, of a probability. */
  private static final double TOLERANCE = 1e-12;

  /** Absolute, of a logit: rounding of a probability, over EPSILON. */
  private static final double LOGIT_TOLERANCE = 1e-8;

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().contains("d3pm/images/diffusion_categorical.py")
        && KERNELS.stream().anyMatch(recording::has)
        && recording.root().propertyStream().allMatch(D3pmMatrices::isKnown);
  }

  private static boolean isKnown(Entry<String, JsonNode> field) {
    return !field.getValue().isObject() || KERNELS.contains(field.getKey());
  }

  @Override
  public Set<String> settings() {
    return Set.of("K", "T", "gaussian/", "uniform/", "absorbing/");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    return KERNELS.stream()
        .filter(recording::has)
        .flatMap(name -> difference(recording, name).map(found -> name + ", " + found).stream())
        .findFirst();
  }

  private static Optional<String> difference(Recording recording, String name) {
    JsonNode recorded = recording.field(name);
    int size = recording.count("K");
    int steps = recording.count("T");
    double[] betas = numbers(recorded.path("betas"));
    boolean whole =
        betas.length == steps
            && isShaped(recorded.path("Q"), steps, size)
            && isShaped(recorded.path("Qbar"), steps, size)
            && recorded
                .path("q_posterior_logits")
                .valueStream()
                .allMatch(posterior -> isPosterior(posterior, steps, size));
    if (!whole) {
      throw new InputException(
          "%s has not T betas and T matrices of K by K tokens for the kernel %s; record it again."
              .formatted(recording.file(), name));
    }
    DiscreteProcess process = DiscreteProcess.of(kernel(name, size), betas);
    return matrices("Q", recorded, t -> process.step(t + 1), steps)
        .or(() -> matrices("Qbar", recorded, t -> process.through(t + 1), steps))
        .or(() -> posteriors(recorded.path("q_posterior_logits"), process));
  }

  private static boolean isShaped(JsonNode matrices, int steps, int size) {
    return matrices.size() == steps
        && matrices
            .valueStream()
            .allMatch(
                matrix ->
                    matrix.size() == size
                        && matrix.valueStream().allMatch(row -> row.size() == size));
  }

  private static boolean isPosterior(JsonNode posterior, int steps, int size) {
    return isBelow(posterior.path("t"), steps)
        && isBelow(posterior.path("x0"), size)
        && isBelow(posterior.path("xt"), size)
        && posterior.path("logits").size() == size;
  }

  private static boolean isBelow(JsonNode number, int limit) {
    return number.isInt() && number.asInt() >= 0 && number.asInt() < limit;
  }

  private static Kernel kernel(String name, int size) {
    return switch (name) {
      case "gaussian" -> new GaussianKernel(size, GaussianKernel.PIXELS);
      case "uniform" -> new RateKernel.Uniform(size);
      default -> new RateKernel.Absorbing(size, size / 2);
    };
  }

  private static Optional<String> matrices(
      String name, JsonNode recorded, IntFunction<Transition> came, int steps) {
    for (int t = 0; t < steps; t++) {
      Transition transition = came.apply(t);
      for (int from = 0; from < transition.size(); from++) {
        Optional<String> found =
            row(
                "%s of step %d from token %d".formatted(name, t, from),
                numbers(recorded.path(name).path(t).path(from)),
                transition.row(from),
                TOLERANCE);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> posteriors(JsonNode recorded, DiscreteProcess process) {
    return recorded
        .valueStream()
        .map(posterior -> posterior(posterior, process))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> posterior(JsonNode recorded, DiscreteProcess process) {
    int t = recorded.path("t").asInt();
    int clean = recorded.path("x0").asInt();
    int noisy = recorded.path("xt").asInt();
    return row(
        "posterior of step %d from token %d to %d".formatted(t, clean, noisy),
        numbers(recorded.path("logits")),
        logits(process.posterior(t + 1), t, noisy, clean),
        LOGIT_TOLERANCE);
  }

  /** Not normalised; at the first step, the reference leaves x_t out. */
  private static double[] logits(Posterior posterior, int t, int noisy, int clean) {
    double[] before = posterior.before().row(clean);
    double[] step = posterior.step().column(noisy);
    return IntStream.range(0, before.length)
        .mapToDouble(
            token ->
                StrictMath.log(before[token] + EPSILON)
                    + (t == 0 ? 0 : StrictMath.log(step[token] + EPSILON)))
        .toArray();
  }

  private static Optional<String> row(
      String what, double[] recorded, double[] came, double tolerance) {
    return IntStream.range(0, came.length)
        .filter(token -> !(Math.abs(recorded[token] - came[token]) <= tolerance))
        .mapToObj(
            token ->
                "%s: %s was recorded at token %d and %s came"
                    .formatted(what, recorded[token], token, came[token]))
        .findFirst();
  }

  private static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(node -> node.asDouble(Double.NaN)).toArray();
  }
}
