package dev.unmask.engine.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image trace's header as the two strings of its file's metadata. */
final class ImageHeaderJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ImageHeaderJson() {}

  static Map<String, String> write(ImageHeader header) {
    ObjectNode run = JSON.createObjectNode();
    run.putObject("model")
        .put("name", header.model().name())
        .put("sha256", header.model().sha256());
    run.put("process", header.process()).put("sampler", header.sampler());
    ObjectNode settings = run.putObject("settings");
    header.settings().forEach((name, value) -> settings.set(name, JSON.valueToTree(value)));
    ArrayNode labels = run.putArray("labels");
    header.labels().forEach(labels::add);
    run.put("guidance", header.guidance()).put("seed", header.seed());
    header.source().ifPresent(source -> run.put("source", source));
    run.put("version", header.version());
    return Map.of("format", HeaderJson.FORMAT, "run", run.toString());
  }

  /**
   * Reads what is there; what is not is unknown.
   *
   * @param shape of the trace's x
   */
  static ImageHeader read(Path file, Map<String, String> metadata, BatchShape shape) {
    JsonNode run = HeaderJson.run(file, metadata);
    JsonNode model = run.path("model");
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> setting : run.path("settings").properties()) {
      settings.put(setting.getKey(), JSON.convertValue(setting.getValue(), Object.class));
    }
    return new ImageHeader(
        new TraceHeader.Model(model.path("name").asText(""), model.path("sha256").asText("")),
        shape,
        run.path("process").asText(""),
        run.path("sampler").asText(""),
        settings,
        labels(file, run.path("labels"), shape),
        run.path("guidance").asDouble(0),
        run.path("seed").asLong(0),
        Optional.of(run.path("source")).filter(JsonNode::isTextual).map(JsonNode::textValue),
        run.path("version").asText(""));
  }

  private static List<Integer> labels(Path file, JsonNode array, BatchShape shape) {
    List<Integer> labels = new ArrayList<>();
    for (JsonNode label : array) {
      if (!label.isInt()) {
        throw HeaderJson.bad(file, "its label " + label + " is not a class's number");
      }
      labels.add(label.intValue());
    }
    if (!labels.isEmpty() && labels.size() != shape.images()) {
      throw HeaderJson.bad(
          file, "it has %d labels for %d images".formatted(labels.size(), shape.images()));
    }
    return List.copyOf(labels);
  }
}
