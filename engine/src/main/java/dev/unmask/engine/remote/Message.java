package dev.unmask.engine.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

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
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(json);
      if (binary) {
        tensors.forEach(tensor -> all.write(tensor.data().array(), 0, tensor.data().limit()));
      }
      return new Bytes(all.toByteArray(), json.length);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree of numbers can be written to memory", e);
    }
  }

  private static void add(ArrayNode data, WireTensor tensor, int index) {
    double value = tensor.type().get(tensor.data(), index * tensor.type().bytes());
    if (tensor.type() == WireType.INT32 || tensor.type() == WireType.INT64) {
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
    } catch (JsonProcessingException e) {
      throw new WireException("it is no JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  private static WireTensor tensor(JsonNode node, byte[] body, int at) {
    String name = node.path("name").asText();
    WireType type =
        Arrays.stream(WireType.values())
            .filter(known -> known.name().equals(node.path("datatype").asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    new WireException(
                        "its %s is of the type %s".formatted(name, node.path("datatype"))));
    long[] shape =
        StreamSupport.stream(node.path("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    long bytes = type.bytes();
    for (long size : shape) {
      bytes = size < 0 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : bytes * size;
      if (bytes > Integer.MAX_VALUE) {
        throw new WireException("its %s has the shape %s".formatted(name, node.path("shape")));
      }
    }
    JsonNode size = node.path("parameters").path(SIZE);
    if (size.isMissingNode()) {
      return new WireTensor(name, type, shape, data(node, name, type, (int) bytes));
    }
    if (size.asLong(-1) != bytes || bytes > body.length - at) {
      throw new WireException(
          "its %s has %s bytes of %d, and its shape takes %d"
              .formatted(name, size, body.length - at, bytes));
    }
    ByteBuffer data = ByteBuffer.wrap(Arrays.copyOfRange(body, at, at + (int) bytes));
    return new WireTensor(name, type, shape, data.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Of numbers in the JSON, in one list or in lists of lists. */
  private static ByteBuffer data(JsonNode node, String name, WireType type, int bytes) {
    List<JsonNode> numbers = new ArrayList<>();
    flatten(node.path("data"), numbers);
    if (numbers.size() * (long) type.bytes() != bytes) {
      throw new WireException(
          "its %s has %d numbers and the shape %s"
              .formatted(name, numbers.size(), node.path("shape")));
    }
    ByteBuffer data = WireTensor.room(type, numbers.size());
    numbers.forEach(number -> type.put(data, number.asDouble()));
    return data.flip();
  }

  private static void flatten(JsonNode node, List<JsonNode> numbers) {
    if (node.isArray()) {
      node.forEach(inner -> flatten(inner, numbers));
    } else if (!node.isMissingNode()) {
      numbers.add(node);
    }
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
