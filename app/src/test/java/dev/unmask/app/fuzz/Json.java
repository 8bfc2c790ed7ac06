package dev.unmask.app.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Damage to JSON that leaves it JSON: other values, other shapes, other names. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Stands for a number that no node can hold, until the text is written. */
  private static final String RAW = "@raw@";

  private static final List<String> TEXTS =
      List.of(
          "",
          "\0",
          "\n",
          "a",
          "Sequence",
          "../x",
          "\ud800",
          "\udc00\ud800",
          "%s%n${x}\n",
          "F64",
          "I32",
          "U8",
          "[0]",
          "{}",
          "true",
          "1e999",
          "-1",
          "{{ x }}",
          "{% if x %}");

  private Json() {}

  /** Of one value, or of a value a line; bytes that are neither are damaged as bytes. */
  static byte[] damage(byte[] input, RandomGenerator random) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      return bytes(damaged(MAPPER.readTree(text), random));
    } catch (JsonProcessingException e) {
      return Bytes.damage(input, random);
    }
  }

  /** Of values, one a line. */
  static byte[] damageLines(byte[] input, RandomGenerator random) {
    List<String> lines =
        new ArrayList<>(new String(input, StandardCharsets.UTF_8).lines().toList());
    if (lines.isEmpty()) {
      return Bytes.damage(input, random);
    }
    int at = random.nextInt(lines.size());
    switch (random.nextInt(6)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, Mutator.any(lines, random));
      case 2 -> lines.set(at, Mutator.any(lines, random));
      default -> {
        byte[] line = damage(lines.get(at).getBytes(StandardCharsets.UTF_8), random);
        lines.set(at, new String(line, StandardCharsets.UTF_8));
      }
    }
    return lines.stream().collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
  }

  /** As text; a raw number is written as it is. */
  static byte[] bytes(JsonNode node) {
    try {
      String text = MAPPER.writeValueAsString(node);
      return text.replaceAll("\"" + RAW + "([^\"]*)\"", "$1").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Deeper than the library writes, so deeper than it reads.
      return "[".repeat(2000).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A value like this one, damaged in one place to four. */
  static JsonNode damaged(JsonNode root, RandomGenerator random) {
    ArrayNode holder = NODES.arrayNode().add(root.deepCopy());
    int times = 1 << random.nextInt(3);
    for (int i = 0; i < times; i++) {
      once(holder, random);
    }
    return holder.isEmpty() ? NODES.nullNode() : holder.get(0);
  }

  private static void once(ArrayNode holder, RandomGenerator random) {
    List<ContainerNode<?>> containers = new ArrayList<>();
    gather(holder, containers);
    ContainerNode<?> container = Mutator.any(containers, random);
    if (container.isEmpty()) {
      if (container instanceof ArrayNode array) {
        array.add(value(holder, random));
      } else if (container instanceof ObjectNode object) {
        object.set(Mutator.any(TEXTS, random), value(holder, random));
      }
      return;
    }
    int at = random.nextInt(container.size());
    switch (container) {
      case ArrayNode array -> change(array, at, holder, random);
      case ObjectNode object -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        change(object, names.get(at), Mutator.any(names, random), holder, random);
      }
      default -> throw new AssertionError(container);
    }
  }

  private static void change(ArrayNode array, int at, ArrayNode holder, RandomGenerator random) {
    switch (random.nextInt(8)) {
      case 0 -> array.remove(at);
      case 1 -> array.insert(at, array.get(at).deepCopy());
      case 2 -> array.add(value(holder, random));
      default -> array.set(at, changed(array.get(at), holder, random));
    }
  }

  private static void change(
      ObjectNode object, String name, String other, ArrayNode holder, RandomGenerator random) {
    switch (random.nextInt(10)) {
      case 0 -> object.remove(name);
      case 1 -> object.set(Mutator.any(TEXTS, random), object.remove(name));
      case 2 -> object.set(other, object.get(name).deepCopy());
      default -> object.set(name, changed(object.get(name), holder, random));
    }
  }

  private static JsonNode changed(JsonNode old, ArrayNode holder, RandomGenerator random) {
    if (old.isTextual() && random.nextInt(3) > 0) {
      String text = old.textValue();
      if (text.startsWith("{") || text.startsWith("[")) {
        byte[] inner = damage(text.getBytes(StandardCharsets.UTF_8), random);
        return NODES.textNode(new String(inner, StandardCharsets.UTF_8));
      }
      byte[] bytes = Bytes.damage(text.getBytes(StandardCharsets.UTF_8), random);
      return NODES.textNode(new String(bytes, StandardCharsets.UTF_8));
    }
    if (old.isIntegralNumber() && random.nextBoolean()) {
      return NODES.numberNode(old.longValue() + random.nextInt(-2, 3));
    }
    return value(holder, random);
  }

  private static JsonNode value(ArrayNode holder, RandomGenerator random) {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.textNode(Mutator.any(TEXTS, random));
      case 3 -> NODES.textNode("ab".repeat(1 << random.nextInt(12)));
      case 4 -> random.nextBoolean() ? NODES.arrayNode() : NODES.objectNode();
      case 5 -> deep(random);
      case 6, 7 -> {
        List<ContainerNode<?>> containers = new ArrayList<>();
        gather(holder, containers);
        ContainerNode<?> from = Mutator.any(containers, random);
        yield from.isEmpty() ? from.deepCopy() : from.iterator().next().deepCopy();
      }
      default -> NODES.textNode(RAW + Mutator.any(Bytes.NUMBERS, random));
    };
  }

  private static JsonNode deep(RandomGenerator random) {
    JsonNode node = NODES.numberNode(1);
    int depth = 1 << random.nextInt(11);
    for (int i = 0; i < depth; i++) {
      node = NODES.arrayNode().add(node);
    }
    return node;
  }

  private static void gather(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container && containers.size() < 5000) {
      containers.add(container);
      container.forEach(inner -> gather(inner, containers));
    }
  }
}
