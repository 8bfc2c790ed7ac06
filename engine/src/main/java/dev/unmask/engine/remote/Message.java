package dev.unmask.engine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A request for an evaluation, or the reply to it: a JSON object, behind which the tensors' bytes
 * may follow (the protocol's <a
 * href="https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md">
 * binary tensor data extension</a>).
 *
 * @param head without its tensors
 */
record Message(ObjectNode head, List<WireTensor> tensors) {
  /** The HTTP header that tells how many bytes the JSON has, if more follow. */
  static final String HEAD_LENGTH = "Inference-Header-Content-Length";

  static final String INPUTS = "inputs";
  static final String OUTPUTS = "outputs";
  static final JsonMapper JSON = new JsonMapper();

  private static final String SIZE = "binary_data_size";
  private static final int LONGEST_WORDS = 60;
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  /**
   * As bytes.
   *
   * @param headBytes of the JSON, which the tensors follow
   */
  record Bytes(byte[] all, int headBytes) {}

  /** With the tensors' bytes behind the JSON, or within it. */
  Bytes encode(String key, boolean binary) {
    ObjectNode root = head.deepCopy();
    ArrayNode list = root.putArray(key);
    for (WireTensor tensor : tensors) {
      ObjectNode node = list.addObject();
      node.put("name", tensor.name()).put("datatype", tensor.type().name());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(tensor.shape()).forEach(shape::add);
      if (binary) {
        node.putObject("parameters").put(SIZE, tensor.data().limit());
      } else {
        ArrayNode data = node.putArray("data");
        for (int i = 0; i < tensor.elements(); i++) {
          add(data, tensor, i);
        }
      }
    }
    try {
      byte[] json = JSON.writeValueAsBytes(root);
      return new Bytes(binary ? followed(json) : json, json.length);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers can be written to memory", e);
    }
  }

  private byte[] followed(byte[] json) {
    int length =
        tensors.stream()
            .mapToInt(tensor -> tensor.data().limit())
            .reduce(json.length, Math::addExact);
    ByteBuffer all = ByteBuffer.allocate(length).put(json);
    tensors.forEach(tensor -> all.put(tensor.data().duplicate()));
    return all.array();
  }

  private static void add(ArrayNode data, WireTensor tensor, int index) {
    double value = tensor.type().get(tensor.data(), index * tensor.type().bytes());
    if (tensor.type().isWhole()) {
      data.add((long) value);
    } else {
      data.add(value);
    }
  }

  /**
   * From bytes; no size in them is believed that they do not bear out.
   *
   * @param headBytes as the HTTP header tells, if it does
   * @throws WireException if they are no such message
   */
  static Message decode(byte[] body, OptionalInt headBytes, String key) {
    int jsonBytes = headBytes.orElse(body.length);
    if (jsonBytes < 0 || jsonBytes > body.length) {
      throw new WireException(
          "it says that its JSON has %d bytes and has %d".formatted(jsonBytes, body.length));
    }
    if (!(json(body, jsonBytes) instanceof ObjectNode root)) {
      throw new WireException("it is no JSON object");
    }
    List<WireTensor> tensors = new ArrayList<>();
    int at = jsonBytes;
    for (JsonNode node : root.path(key)) {
      WireTensor tensor = tensor(node, body, at);
      tensors.add(tensor);
      at += node.path("parameters").has(SIZE) ? tensor.data().limit() : 0;
    }
    if (at != body.length) {
      throw new WireException("%d bytes follow its tensors".formatted(body.length - at));
    }
    return new Message(root, tensors);
  }

  private static JsonNode json(byte[] body, int length) {
    try {
      return JSON.readTree(body, 0, length);
    } catch (IOException e) {
      // Also what is no text at all, in whatever encoding its first bytes make it out to be.
      throw new WireException("it is no JSON");
    }
  }

  /** A value as a sentence bears it. */
  static String words(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() > LONGEST_WORDS ? text.substring(0, LONGEST_WORDS) + "…" : text;
  }

  /**
   * How many bytes the JSON has, as an HTTP header tells.
   *
   * @param header null if there is none
   */
  static OptionalInt headBytes(String header) {
    if (header == null) {
      return OptionalInt.empty();
    }
    if (!header.matches("\\d{1,9}")) {
      throw new WireException("its JSON has '%s' bytes".formatted(header));
    }
    return OptionalInt.of(Integer.parseInt(header));
  }

  private static WireTensor tensor(JsonNode node, byte[] body, int at) {
    String name = node.path("name").asText();
    if (name.length() > LONGEST_WORDS) {
      throw new WireException("it has a tensor named " + words(node.path("name")));
    }
    WireType type =
        Arrays.stream(WireType.values())
            .filter(known -> known.name().equals(node.path("datatype").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new WireException(
                        "its %s is of the type %s".formatted(name, words(node.path("datatype")))));
    long[] shape = shape(node.path("shape"), name);
    long bytes = type.bytes();
    for (long size : shape) {
      bytes *= size;
      if (bytes > Integer.MAX_VALUE) {
        throw badShape(node.path("shape"), name);
      }
    }
    JsonNode size = node.path("parameters").path(SIZE);
    if (size.isMissingNode()) {
      return new WireTensor(name, type, shape, data(node, name, type, (int) bytes));
    }
    if (!size.isIntegralNumber() || size.asLong(-1) != bytes || bytes > body.length - at) {
      throw new WireException(
          "its %s has %s bytes of %d, and its shape takes %d"
              .formatted(name, words(size), body.length - at, bytes));
    }
    ByteBuffer data = ByteBuffer.wrap(Arrays.copyOfRange(body, at, at + (int) bytes));
    return new WireTensor(name, type, shape, data.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Sizes that an int holds, so that a product with one more of them overflows no long. */
  private static long[] shape(JsonNode sizes, String name) {
    if (!sizes.isArray()
        || !sizes.valueStream().allMatch(size -> size.isInt() && size.intValue() >= 0)) {
      throw badShape(sizes, name);
    }
    return sizes.valueStream().mapToLong(JsonNode::longValue).toArray();
  }

  private static WireException badShape(JsonNode sizes, String name) {
    return new WireException("its %s has the shape %s".formatted(name, words(sizes)));
  }

  /**
   * Of numbers in the JSON, in one list or in lists of lists, each as long as the one beside it.
   */
  private static ByteBuffer data(JsonNode node, String name, WireType type, int bytes) {
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode list = node.path("data"); list.isArray(); list = list.path(0)) {
      sizes.add(list.size());
    }
    List<JsonNode> numbers = new ArrayList<>();
    if (!flatten(node.path("data"), sizes, numbers)
        || numbers.size() * (long) type.bytes() != bytes) {
      throw new WireException(
          "its %s has %d numbers in lists of %s, and the shape %s"
              .formatted(name, numbers.size(), sizes, words(node.path("shape"))));
    }
    ByteBuffer room = WireTensor.room(type, numbers.size());
    numbers.forEach(number -> type.put(room, number(number, name, type)));
    return room.flip();
  }

  /** Whether the lists have these sizes, the outermost first. */
  private static boolean flatten(JsonNode node, List<Integer> sizes, List<JsonNode> numbers) {
    if (sizes.isEmpty() || !node.isArray()) {
      numbers.add(node);
      return sizes.isEmpty() && !node.isContainerNode();
    }
    List<Integer> inner = sizes.subList(1, sizes.size());
    return node.size() == sizes.getFirst()
        && node.valueStream().allMatch(each -> flatten(each, inner, numbers));
  }

  private static double number(JsonNode node, String name, WireType type) {
    boolean fits =
        type.isWhole() ? node.isIntegralNumber() && node.canConvertToLong() : node.isNumber();
    // Infinite numbers are no JSON, and writers of JSON put them into quotes.
    if (!fits && (type.isWhole() || !NOT_FINITE.contains(node.asText()))) {
      throw new WireException("its %s holds %s, which is no %s".formatted(name, words(node), type));
    }
    return fits ? node.doubleValue() : Double.parseDouble(node.textValue());
  }

  /** Whether there is a tensor of that name. */
  boolean has(String name) {
    return tensors.stream().anyMatch(tensor -> tensor.name().equals(name));
  }

  /** The tensor of that name. */
  WireTensor tensor(String name) {
    return tensors.stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new WireException("it has no " + name));
  }
}
