package dev.unmask.engine.denoiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.RoundingError;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.PortableTensors;
import dev.unmask.engine.tensor.TensorOps;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContextTest {
  private static final int LENGTH = 24;
  private static final LladaArchitecture SHAPE =
      LladaConfig.read(GoldenFiles.path("tiny_llada/tiny_gqa.config.json")).architecture();
  private static final Attention BLOCKS = new Attention.BlockCausal(8);

  static Stream<Arguments> backEnds() {
    return Stream.of(
        Arguments.of(Named.of("host", (Supplier<?>) () -> new HostTensors(1))),
        Arguments.of(Named.of("portable", (Supplier<?>) PortableTensors::new)));
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void unchangedSlotsInTheirContextArePredictedAsInTheWhole(Supplier<TensorOps> ops) {
    int[] ids = tokens(1);
    int[] rows = IntStream.range(8, 16).toArray();
    float[][] whole = fresh(ops, m -> m.predict(whole(ids, Attention.FULL, rows)).logits());
    float[][] window =
        fresh(
            ops,
            m -> {
              m.predict(whole(ids, Attention.FULL, rows).in(Context.KEPT));
              return m.predict(window(ids, ids, 8, 16, Attention.FULL)).logits();
            });
    assertClose(window, whole);
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void changedSlotsSeeTheContextAsItWas(Supplier<TensorOps> ops) {
    int[] before = tokens(1);
    int[] after = changed(before, 9, 12);
    float[][] whole =
        fresh(
            ops,
            m ->
                m.predict(whole(after, Attention.FULL, IntStream.range(8, 16).toArray())).logits());
    float[][] window =
        fresh(ops, m -> m.predict(window(before, after, 8, 16, Attention.FULL)).logits());
    assertThat(distance(window, whole)).isGreaterThan(10 * error(whole));
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void whatIsNotHeldAnyMoreIsComputedAgain(Supplier<TensorOps> ops) {
    int[] before = tokens(1);
    int[] after = changed(before, 9, 12);
    Request asked = window(before, after, 8, 16, Attention.FULL);
    float[][] rebuilt = fresh(ops, m -> m.predict(asked).logits());
    float[][] kept =
        fresh(
            ops,
            m -> {
              m.predict(whole(before, Attention.FULL, new int[0]).in(Context.KEPT));
              m.predict(window(before, tokens(3), 8, 16, Attention.FULL));
              return m.predict(asked).logits();
            });
    float[][] afterOtherWindows =
        fresh(
            ops,
            m -> {
              m.predict(window(before, tokens(3), 0, 8, Attention.FULL));
              m.predict(window(tokens(4), tokens(5), 8, 24, Attention.FULL));
              m.predict(window(before, tokens(3), 16, 24, Attention.FULL));
              return m.predict(asked).logits();
            });
    assertClose(kept, rebuilt);
    assertClose(afterOtherWindows, rebuilt);
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void blocksBehindTheirContextArePredictedAsInTheWhole(Supplier<TensorOps> ops) {
    int[] ids = tokens(1);
    fresh(
        ops,
        m -> {
          for (int from = 0; from < LENGTH; from += 8) {
            int[] clean = Arrays.copyOf(ids, from);
            m.predict(window(clean, tokens(from + 2), from, from + 8, BLOCKS));
            assertClose(
                m.predict(window(clean, ids, from, from + 8, BLOCKS)).logits(),
                m.predict(whole(ids, BLOCKS, IntStream.range(from, from + 8).toArray())).logits());
          }
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("backEnds")
  void anInterruptedEvaluationLeavesNothingWrongBehind(Supplier<TensorOps> ops) {
    int[] before = tokens(1);
    Request asked = window(before, tokens(2), 8, 16, Attention.FULL);
    float[][] expected = fresh(ops, m -> m.predict(asked).logits());
    float[][] came =
        fresh(
            ops,
            m -> {
              m.predict(whole(before, Attention.FULL, new int[0]).in(Context.KEPT));
              Thread.currentThread().interrupt();
              Request other = whole(tokens(5), Attention.FULL, new int[0]).in(Context.KEPT);
              assertThatThrownBy(() -> m.predict(other)).isInstanceOf(CancellationException.class);
              return m.predict(asked).logits();
            });
    assertClose(came, expected);
  }

  @Test
  void whatIsHeldIsNotComputedAgain() {
    AtomicInteger slots = new AtomicInteger();
    int[] ids = tokens(1);
    fresh(
        () -> counting(slots),
        m -> {
          m.predict(whole(ids, Attention.FULL, new int[0]).in(Context.KEPT));
          assertThat(slots.getAndSet(0)).isEqualTo(LENGTH);
          m.predict(window(ids, tokens(2), 8, 16, Attention.FULL));
          m.predict(window(ids, tokens(3), 8, 16, Attention.FULL));
          assertThat(slots.getAndSet(0)).isEqualTo(2 * 8);
          m.predict(window(Arrays.copyOf(ids, 8), ids, 8, 16, BLOCKS));
          assertThat(slots.getAndSet(0)).as("under another attention").isEqualTo(8 + 8);
          m.predict(window(Arrays.copyOf(ids, 16), ids, 16, 24, BLOCKS));
          assertThat(slots.getAndSet(0)).as("the finished block and the next").isEqualTo(8 + 8);
          return null;
        });
  }

  /** Counts the slots that are embedded. */
  private static TensorOps counting(AtomicInteger slots) {
    TensorOps ops = new HostTensors(1);
    return (TensorOps)
        Proxy.newProxyInstance(
            TensorOps.class.getClassLoader(),
            new Class<?>[] {TensorOps.class},
            (_, method, arguments) -> {
              if (method.getName().equals("embed")) {
                slots.addAndGet(((int[]) arguments[1]).length);
              }
              return method.invoke(ops, arguments);
            });
  }

  private static Request whole(int[] ids, Attention attention, int[] rows) {
    return Request.ofSequence(ids, attention, rows, Optional.empty());
  }

  /** All rows of a window of {@code ids} in the context of other tokens. */
  private static Request window(int[] context, int[] ids, int from, int to, Attention attention) {
    return whole(ids, attention, new int[0])
        .window(from, to, IntStream.range(0, to - from).toArray())
        .in(new Context.Earlier(0, context, OptionalDouble.empty()));
  }

  private static int[] tokens(int seed) {
    return IntStream.range(0, LENGTH).map(i -> (i * 37 + seed * 101) % 257).toArray();
  }

  private static int[] changed(int[] ids, int... positions) {
    int[] other = ids.clone();
    for (int position : positions) {
      other[position] = (other[position] + 5) % 257;
    }
    return other;
  }

  private static void assertClose(float[][] came, float[][] expected) {
    assertThat(distance(came, expected)).isLessThan(error(expected));
  }

  /** What rounding may make of equal logits, of which both sides have their share. */
  private static double error(float[][] logits) {
    double largest = distance(logits, new float[logits.length][logits[0].length]);
    return 2 * RoundingError.ofLogits(SHAPE, LENGTH) * largest;
  }

  private static double distance(float[][] a, float[][] b) {
    assertThat(a).hasSameDimensionsAs(b);
    double greatest = 0;
    for (int row = 0; row < a.length; row++) {
      for (int token = 0; token < a[row].length; token++) {
        greatest = Math.max(greatest, Math.abs(a[row][token] - b[row][token]));
      }
    }
    return greatest;
  }

  private static <T> T fresh(Supplier<TensorOps> ops, Function<LladaTransformer, T> use) {
    try (SafetensorsFile file =
            SafetensorsFile.open(GoldenFiles.path("tiny_llada/tiny_gqa.safetensors"));
        LladaTransformer model = new LladaTransformer(SHAPE, file, ops.get())) {
      return use.apply(model);
    }
  }
}
