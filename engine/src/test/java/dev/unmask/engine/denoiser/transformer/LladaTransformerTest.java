package dev.unmask.engine.denoiser.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.PortableTensors;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LladaTransformerTest {
  private static final List<String> MODELS = List.of("tiny_mha", "tiny_gqa");
  private static final int[] IDS = {5, 17, 258, 99, 258, 258, 3};
  private static final int[] ALL = {0, 1, 2, 3, 4, 5, 6};

  static Stream<Arguments> modelsAndPaths() {
    return MODELS.stream()
        .flatMap(
            model ->
                Stream.of(
                    Arguments.of(model, Named.of("portable", (Supplier<?>) PortableTensors::new)),
                    Arguments.of(model, Named.of("host", (Supplier<?>) () -> new HostTensors(2)))));
  }

  @ParameterizedTest
  @MethodSource("modelsAndPaths")
  void logitsAreTheReferences(String model, Supplier<TensorOps> ops) throws IOException {
    JsonNode golden =
        new JsonMapper()
            .readTree(GoldenFiles.path("tiny_llada/" + model + ".forward.json").toFile());
    int[] ids = ints(golden.path("input"));
    try (LladaTransformer transformer = open(model, ops.get())) {
      float[][] logits = predict(transformer, ids, IntStream.range(0, ids.length).toArray());
      assertClose(logits[ids.length - 1], golden.path("logits_last_position"));
      for (int row = 0; row < ids.length; row++) {
        assertThat(argmax(logits[row])).isEqualTo(golden.path("argmax").get(row).intValue());
        assertClose(
            Arrays.copyOf(logits[row], 8), golden.path("logits_first8_each_position").get(row));
      }
    }
  }

  @Test
  void weightsMayStayWhereTheyAreStored() {
    try (LladaTransformer copied = open("tiny_gqa", host());
        LladaTransformer stored = stored("tiny_gqa")) {
      float[][] expected = predict(copied, IDS, ALL);
      float[][] came = predict(stored, IDS, ALL);
      for (int row = 0; row < came.length; row++) {
        assertThat(came[row]).containsExactly(expected[row], within(1e-4f));
      }
    }
  }

  private static LladaTransformer stored(String model) {
    SafetensorsFile file = file(model);
    return new LladaTransformer(
        config(model).architecture(), new CheckpointTensors(file, host(), true));
  }

  static Stream<Attention> attentions() {
    return Stream.of(
        Attention.FULL,
        Attention.CAUSAL,
        new Attention.BlockCausal(3),
        new Attention.BlockDiffusion(2, 4),
        new Attention.Shadowed(5));
  }

  @ParameterizedTest
  @MethodSource("attentions")
  void rowsNotAskedForChangeNothing(Attention attention) {
    try (LladaTransformer transformer = open("tiny_gqa", host())) {
      float[][] all = seeing(attention, transformer, IDS, ALL);
      float[][] some = seeing(attention, transformer, IDS, 1, 4);
      assertThat(some).hasDimensions(2, 264);
      assertThat(some[0]).containsExactly(all[1]);
      assertThat(some[1]).containsExactly(all[4]);
      assertThat(seeing(attention, transformer, IDS)).isEmpty();
    }
  }

  /** Four layers of width 64 with 4 query and 2 key heads of 16, and 264 tokens. */
  @Test
  void theProductsOfAnEvaluationAreCounted() {
    try (LladaTransformer transformer = open("tiny_gqa", host())) {
      LladaConfig config = config("tiny_gqa");
      LladaArchitecture shape = config.architecture();
      long keys = 64L * (64 + 2 * shape.keyWidth());
      long layer = keys + 2L * 7 * 64 + 64L * 64 + 3L * 64 * shape.hidden();
      Request request = Request.ofSequence(IDS, Attention.FULL, new int[] {1, 4}, Optional.empty());
      long last = 2 * layer + 5 * keys;
      long expected = (shape.layers() - 1) * 7L * layer + last + 2L * 64 * shape.vocabulary();
      assertThat(transformer.multiplyAdds(request)).isEqualTo(expected);
      Request guided =
          Request.ofSequence(
              IDS, Attention.FULL, new int[] {1, 4}, Optional.of(new Guidance(1, IDS)));
      assertThat(transformer.multiplyAdds(guided)).isEqualTo(2 * expected);
    }
  }

  @Test
  void rowsNotAskedForStopAtTheLastLayersKeysAndValues() {
    List<Integer> fed = new ArrayList<>();
    try (LladaTransformer transformer = open("tiny_gqa", noting(host(), "swiglu", fed))) {
      predict(transformer, IDS, 1, 4);
      assertThat(fed).containsExactly(7, 2);
    }
  }

  /** The same operations, which note how many rows the first matrix of one of them has. */
  private static TensorOps noting(TensorOps ops, String operation, List<Integer> rows) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          if (method.getName().equals(operation)) {
            rows.add(((Tensor) arguments[0]).rows());
          }
          return method.invoke(ops, arguments);
        };
    return (TensorOps)
        Proxy.newProxyInstance(
            TensorOps.class.getClassLoader(), new Class<?>[] {TensorOps.class}, handler);
  }

  @Test
  void aShortSequenceAfterALongOneSeesNothingOfIt() {
    try (LladaTransformer transformer = open("tiny_mha", host())) {
      float[][] before = predict(transformer, IDS, ALL);
      int[] longer = new int[40];
      predict(transformer, longer, IntStream.range(0, 40).toArray());
      assertThat(predict(transformer, IDS, ALL)).isDeepEqualTo(before);
    }
  }

  @Test
  void causalAttentionDoesNotSeeWhatComesLater() {
    int[] other = IDS.clone();
    other[5] = 100;
    try (LladaTransformer transformer = open("tiny_gqa", host())) {
      float[][] one = seeing(Attention.CAUSAL, transformer, IDS, ALL);
      float[][] two = seeing(Attention.CAUSAL, transformer, other, ALL);
      assertThat(Arrays.copyOf(two, 5)).isDeepEqualTo(Arrays.copyOf(one, 5));
      assertThat(two[5]).isNotEqualTo(one[5]);
      assertThat(two[6]).isNotEqualTo(one[6]);
    }
  }

  @Test
  void onlyDistancesBetweenPositionsMatter() {
    try (LladaTransformer transformer = open("tiny_gqa", host())) {
      float[][] here = predict(transformer, IDS, ALL);
      int[] moved = Arrays.stream(ALL).map(position -> position + 50).toArray();
      int[] spread = Arrays.stream(ALL).map(position -> 3 * position).toArray();
      assertThat(at(transformer, moved)[3]).containsExactly(here[3], within(1e-3f));
      assertThat(Math.abs(at(transformer, spread)[3][0] - here[3][0])).isGreaterThan(0.01f);
    }
  }

  @Test
  void guidancePushesAwayFromTheUnconditionalRow() {
    int[] unconditional = {258, 258, 258, 99, 258, 258, 3};
    try (LladaTransformer transformer = open("tiny_mha", host())) {
      float[] conditional = predict(transformer, IDS, 2, 4)[1];
      float[] without = predict(transformer, unconditional, 2, 4)[1];
      Guidance guidance = new Guidance(1.5f, unconditional);
      Request request =
          Request.ofSequence(IDS, Attention.FULL, new int[] {2, 4}, Optional.of(guidance));
      Prediction guided = transformer.predict(request);
      guidance.apply(conditional, without);
      assertThat(guided.rows()).containsExactly(2, 4);
      assertThat(guided.logits()[1]).containsExactly(conditional, within(1e-3f));
    }
  }

  @Test
  void anInterruptedThreadStopsBetweenLayers() {
    try (LladaTransformer transformer = open("tiny_mha", host())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> predict(transformer, IDS, ALL))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(predict(transformer, IDS, 0)).hasDimensions(1, 264);
    }
  }

  @Test
  void aTokenThatTheModelLacksIsRefused() {
    try (LladaTransformer transformer = open("tiny_mha", host())) {
      assertThatThrownBy(() -> predict(transformer, new int[] {264}, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("264");
    }
  }

  @Test
  void weightsOfAnotherShapeAreNamed() {
    LladaArchitecture shape = config("tiny_mha").architecture();
    try (SafetensorsFile file =
            SafetensorsFile.open(GoldenFiles.path("tiny_llada/tiny_gqa.safetensors"));
        TensorOps ops = host()) {
      assertThatThrownBy(() -> new LladaTransformer(shape, file, ops))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tiny_gqa.safetensors")
          .hasMessageContaining("blocks.0.k_proj.weight is [32, 64] and not [64, 64]")
          .hasMessageContaining("and 1 more");
    }
  }

  private static TensorOps host() {
    return new HostTensors(1);
  }

  private static float[][] predict(LladaTransformer transformer, int[] ids, int... rows) {
    return seeing(Attention.FULL, transformer, ids, rows);
  }

  private static float[][] seeing(
      Attention attention, LladaTransformer transformer, int[] ids, int... rows) {
    return transformer.predict(Request.ofSequence(ids, attention, rows, Optional.empty())).logits();
  }

  private static float[][] at(LladaTransformer transformer, int[] positions) {
    return transformer
        .predict(Request.ofSequence(IDS, Attention.FULL, ALL, Optional.empty()).at(positions))
        .logits();
  }

  private static LladaTransformer open(String model, TensorOps ops) {
    return new LladaTransformer(config(model).architecture(), file(model), ops);
  }

  private static SafetensorsFile file(String model) {
    return SafetensorsFile.open(GoldenFiles.path("tiny_llada/" + model + ".safetensors"));
  }

  private static LladaConfig config(String model) {
    return LladaConfig.read(GoldenFiles.path("tiny_llada/" + model + ".config.json"));
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
  }

  private static int argmax(float[] row) {
    return IntStream.range(0, row.length).reduce((a, b) -> row[b] > row[a] ? b : a).orElseThrow();
  }

  private static void assertClose(float[] actual, JsonNode expected) {
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected.get(i).floatValue(), within(1e-3f));
    }
  }
}
