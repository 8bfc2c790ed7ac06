package dev.unmask.engine.check;

import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Invariant;
import dev.unmask.engine.trace.TokenRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scores, entropies, probabilities and pixels that are no finite numbers. */
final class NoNumber implements Check {
  private static final List<Invariant> OF_NUMBERS =
      List.of(Invariant.CONFIDENCE_FINITE, Invariant.PROBABILITIES_POSSIBLE);

  @Override
  public String name() {
    return "number";
  }

  @Override
  public String looksFor() {
    return "NaN or infinite scores, entropies, probabilities or pixels";
  }

  @Override
  public String limits() {
    return "Only what is recorded can be seen: the logits are not. Where a sampler forbids tokens,"
        + " an infinite score is no fault.";
  }

  @Override
  public Watch<Moment> tokens() {
    return this::after;
  }

  private List<Finding> after(Moment moment) {
    Stream<Breach> declared =
        moment.sampler().invariants().stream()
            .filter(OF_NUMBERS::contains)
            .sorted()
            .flatMap(
                invariant ->
                    invariant.check(moment.mask(), moment.before(), moment.step()).stream());
    return Stream.concat(
            declared.map(
                breach ->
                    moment.finding(this, List.of(breach.position()), "%s", breach.sentence())),
            entropy(moment).stream())
        .toList();
  }

  /** Where a step tells entropies at all, each that was asked for is a number. */
  private Optional<Finding> entropy(Moment moment) {
    TokenRecord step = moment.step();
    float[] entropy = step.entropy();
    int[] asked =
        IntStream.range(0, entropy.length)
            .filter(i -> step.decision().predicted()[i] >= 0)
            .toArray();
    boolean told = IntStream.of(asked).anyMatch(i -> !Float.isNaN(entropy[i]));
    int[] wrong =
        IntStream.of(asked)
            .filter(i -> told ? !Float.isFinite(entropy[i]) : Float.isInfinite(entropy[i]))
            .toArray();
    return wrong.length == 0
        ? Optional.empty()
        : Optional.of(
            moment.finding(
                this,
                IntStream.of(wrong).boxed().toList(),
                "the entropy at %d of %d positions is no finite number, the first of them %d",
                wrong.length,
                asked.length,
                wrong[0]));
  }

  @Override
  public Watch<Picture> images() {
    return picture -> {
      int size = picture.trace().header().images().shape().image();
      var step = picture.trace().step(picture.index());
      return Stream.concat(
              finding(picture, "x", step.next().x(), size).stream(),
              step.predicted().stream()
                  .flatMap(x -> finding(picture, "the predicted x_0", x, size).stream()))
          .toList();
    };
  }

  private Optional<Finding> finding(Picture picture, String what, float[] values, int size) {
    int[] wrong =
        IntStream.range(0, values.length).filter(i -> !Float.isFinite(values[i])).toArray();
    return wrong.length == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                name(),
                picture.index() + 1,
                IntStream.of(wrong).map(i -> i / size).distinct().boxed().toList(),
                "%d of %d values of %s are no finite numbers, the first of them in image %d"
                    .formatted(wrong.length, values.length, what, wrong[0] / size + 1)));
  }
}
