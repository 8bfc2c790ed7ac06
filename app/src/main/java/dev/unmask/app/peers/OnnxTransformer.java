package dev.unmask.app.peers;

import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * LLaDA's transformer as an ONNX model of standard operators (https://onnx.ai/onnx/operators, set
 * 23): from {@link #IDS} I64 [1, T] to all logits F32 [1, T, vocabulary].
 */
final class OnnxTransformer {
  static final String IDS = "ids";

  private static final int OPERATORS = 23;
  private static final int FORMAT = 10;

  // The numbers of fields, and of types, in onnx.proto.
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int GRAPH_INPUT = 11;
  private static final int GRAPH_OUTPUT = 12;

  private final LladaArchitecture shape;
  private final SafetensorsFile weights;
  private final Iterator<Entry> entries;
  private final ProtobufMessage graph = new ProtobufMessage().text(2, "llada");
  private int values;

  private OnnxTransformer(LladaArchitecture shape, SafetensorsFile weights) {
    this.shape = shape;
    this.weights = weights;
    entries = shape.tensors().iterator();
  }

  /**
   * The model's bytes.
   *
   * @param folder of a LLaDA whose head is not its table
   * @param length T
   */
  static byte[] of(Path folder, int length) {
    LladaArchitecture shape = LladaConfig.read(folder.resolve("config.json")).architecture();
    try (var weights = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
      return new OnnxTransformer(shape, weights).model(length);
    }
  }

  private byte[] model(int length) {
    String cosines = rotation(length, "cosines", StrictMath::cos);
    String sines = rotation(length, "sines", StrictMath::sin);
    String stream = node("Gather", List.of(next(), IDS));
    for (int layer = 0; layer < shape.layers(); layer++) {
      // pre-norm, QKV projection, RoPE, self-attention, output projection, residual
      String normed = norm(stream);
      String queries = rotated(product(normed), cosines, sines, shape.heads());
      String keys = rotated(product(normed), cosines, sines, shape.keyHeads());
      String mixed =
          node(
              "Attention",
              List.of(queries, keys, product(normed)),
              whole("q_num_heads", shape.heads()),
              whole("kv_num_heads", shape.keyHeads()));
      stream = node("Add", List.of(stream, product(mixed)));
      // pre-norm, SwiGLU feed-forward, residual
      normed = norm(stream);
      String gate = product(normed);
      String silu = node("Mul", List.of(gate, node("Sigmoid", List.of(gate))));
      String gated = node("Mul", List.of(silu, product(normed)));
      stream = node("Add", List.of(stream, product(gated)));
    }
    String logits = product(norm(stream));
    graph.message(GRAPH_INPUT, value(IDS, INT64, 1, length));
    graph.message(GRAPH_OUTPUT, value(logits, FLOAT, 1, length, shape.vocabulary()));
    ProtobufMessage operators = new ProtobufMessage().text(1, "").whole(2, OPERATORS);
    return new ProtobufMessage().whole(1, FORMAT).message(8, operators).message(7, graph).bytes();
  }

  /** Of each position the cosines or sines of its angles, one for each pair of a head. */
  private String rotation(int length, String name, DoubleUnaryOperator function) {
    int pairs = shape.headSize() / 2;
    return initializer(
        name,
        i -> {
          double turn = StrictMath.pow(shape.theta(), -2.0 * (i % pairs) / shape.headSize());
          return function.applyAsDouble(i / pairs * turn);
        },
        1,
        length,
        pairs);
  }

  private String rotated(String x, String cosines, String sines, int heads) {
    return node("RotaryEmbedding", List.of(x, cosines, sines), whole("num_heads", heads));
  }

  private String norm(String x) {
    return node("RMSNormalization", List.of(x, next()), real("epsilon", shape.epsilon()));
  }

  /** With the next matrix, which ONNX has the other way round: [in × out]. */
  private String product(String x) {
    Entry entry = entries.next();
    float[] matrix = weights.floats(entry.name());
    int rows = Math.toIntExact(entry.shape()[0]);
    int columns = Math.toIntExact(entry.shape()[1]);
    String transposed =
        initializer(entry.name(), i -> matrix[i % rows * columns + i / rows], columns, rows);
    return node("MatMul", List.of(x, transposed));
  }

  /** The next tensor as it is. */
  private String next() {
    Entry entry = entries.next();
    float[] tensor = weights.floats(entry.name());
    return initializer(entry.name(), i -> tensor[i], entry.shape());
  }

  private String initializer(String name, IntToDoubleFunction value, long... sizes) {
    ProtobufMessage tensor = new ProtobufMessage();
    int elements = 1;
    for (long size : sizes) {
      tensor.whole(1, size);
      elements *= Math.toIntExact(size);
    }
    ByteBuffer bytes = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < elements; i++) {
      bytes.putFloat((float) value.applyAsDouble(i));
    }
    graph.message(GRAPH_INITIALIZER, tensor.whole(2, FLOAT).text(8, name).bytes(9, bytes.array()));
    return name;
  }

  private String node(String operator, List<String> inputs, ProtobufMessage... attributes) {
    String output = "value" + values++;
    ProtobufMessage node = new ProtobufMessage();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operator);
    for (ProtobufMessage attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(GRAPH_NODE, node);
    return output;
  }

  private static ProtobufMessage whole(String name, long value) {
    return new ProtobufMessage().text(1, name).whole(3, value).whole(20, 2);
  }

  private static ProtobufMessage real(String name, float value) {
    return new ProtobufMessage().text(1, name).real(2, value).whole(20, 1);
  }

  private static ProtobufMessage value(String name, int type, long... sizes) {
    ProtobufMessage dimensions = new ProtobufMessage();
    for (long size : sizes) {
      dimensions.message(1, new ProtobufMessage().whole(1, size));
    }
    ProtobufMessage tensor = new ProtobufMessage().whole(1, type).message(2, dimensions);
    return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
  }
}
