package dev.unmask.engine.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trace's header as the three strings of its file's metadata. */
final class HeaderJson {
  static final String FORMAT = "unmask-trace/1";

  private static final String SAMPLER_SHA256 = "sampler_sha256";

  /** The mask of a trace that does not tell it: no token. */
  private static final int NO_MASK = -1;

  private static final JsonMapper JSON = new JsonMapper();

  private HeaderJson() {}

  static Map<String, String> write(TraceHeader header) {
    ObjectNode run = JSON.createObjectNode();
    run.putObject("model")
        .put("name", header.model().name())
        .put("sha256", header.model().sha256());
    run.put("mask_id", header.maskId())
        .put("length", header.length())
        .put("noise", header.noise())
        .put("random", header.random())
        .put("seed", header.seed());
    ArrayNode segments = run.putArray("segments");
    header.segments().forEach(segment -> write(segments.addObject(), segment));
    header
        .parent()
        .ifPresent(
            parent ->
                run.putObject("parent").put("sha256", parent.sha256()).put("step", parent.step()));
    header.source().ifPresent(source -> run.put("source", source));
    run.put("version", header.version());
    ArrayNode vocabulary = JSON.createArrayNode();
    header.vocabulary().forEach(vocabulary::add);
    return Map.of("format", FORMAT, "run", run.toString(), "vocabulary", vocabulary.toString());
  }

  private static void write(ObjectNode node, TraceHeader.Segment segment) {
    node.put("from_step", segment.fromStep()).put("sampler", segment.sampler());
    segment.samplerSha256().ifPresent(sha256 -> node.put(SAMPLER_SHA256, sha256));
    ObjectNode settings = node.putObject("settings");
    segment.settings().forEach((name, value) -> settings.set(name, JSON.valueToTree(value)));
    ArrayNode edits = node.putArray("edits");
    segment
        .edits()
        .forEach(
            edit ->
                edits
                    .addObject()
                    .put("kind", edit.kind().word())
                    .put("position", edit.position())
                    .put("token", edit.token()));
  }

  /**
   * Reads what is there; what is not is unknown.
   *
   * @param length of the sequence, from the trace's tokens
   */
  static TraceHeader read(Path file, Map<String, String> metadata, int length) {
    JsonNode run = run(file, metadata);
    if (run.path("length").asInt(length) != length) {
      throw bad(file, "its run names another length than its tokens have");
    }
    JsonNode model = run.path("model");
    return new TraceHeader(
        vocabulary(file, parse(file, "vocabulary", metadata.getOrDefault("vocabulary", "[]"))),
        new TraceHeader.Model(model.path("name").asText(""), model.path("sha256").asText("")),
        run.path("mask_id").asInt(NO_MASK),
        length,
        run.path("noise").asText(""),
        run.path("seed").isNumber() ? run.path("random").asText("none") : "none",
        run.path("seed").asLong(0),
        segments(file, run.path("segments")),
        Optional.of(run.path("parent"))
            .filter(JsonNode::isObject)
            .map(
                node ->
                    new TraceHeader.Parent(
                        node.path("sha256").asText(""), node.path("step").asInt(0))),
        Optional.of(run.path("source")).filter(JsonNode::isTextual).map(JsonNode::textValue),
        run.path("version").asText(""));
  }

  /** The JSON object that tells of the run, empty if there is none. */
  static JsonNode run(Path file, Map<String, String> metadata) {
    String format = metadata.getOrDefault("format", FORMAT);
    if (!format.equals(FORMAT)) {
      throw bad(file, "its format is \"" + format + "\" and this program reads " + FORMAT);
    }
    JsonNode run = parse(file, "run", metadata.getOrDefault("run", "{}"));
    if (!run.isObject()) {
      throw bad(file, "its run is not a JSON object");
    }
    return run;
  }

  private static List<String> vocabulary(Path file, JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (!array.isArray()) {
      throw bad(file, "its vocabulary is not a JSON array of texts");
    }
    for (JsonNode text : array) {
      if (!text.isTextual()) {
        throw bad(file, "its vocabulary is not a JSON array of texts");
      }
      texts.add(text.textValue());
    }
    return List.copyOf(texts);
  }

  private static List<TraceHeader.Segment> segments(Path file, JsonNode array) {
    List<TraceHeader.Segment> segments = new ArrayList<>();
    for (JsonNode node : array) {
      Map<String, Object> settings = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> setting : node.path("settings").properties()) {
        settings.put(setting.getKey(), JSON.convertValue(setting.getValue(), Object.class));
      }
      List<TraceHeader.Edit> edits = new ArrayList<>();
      for (JsonNode edit : node.path("edits")) {
        edits.add(edit(file, edit));
      }
      segments.add(
          new TraceHeader.Segment(
              node.path("from_step").asInt(0),
              node.path("sampler").asText(""),
              settings,
              List.copyOf(edits),
              Optional.of(node.path(SAMPLER_SHA256))
                  .filter(JsonNode::isTextual)
                  .map(JsonNode::textValue)));
    }
    return List.copyOf(segments);
  }

  private static TraceHeader.Edit edit(Path file, JsonNode node) {
    String word = node.path("kind").asText(TraceHeader.Edit.Kind.SET.word());
    TraceHeader.Edit.Kind kind =
        Arrays.stream(TraceHeader.Edit.Kind.values())
            .filter(known -> known.word().equals(word))
            .findFirst()
            .orElseThrow(() -> bad(file, "it has an edit of the unknown kind \"" + word + "\""));
    return new TraceHeader.Edit(kind, node.path("position").asInt(), node.path("token").asInt());
  }

  private static JsonNode parse(Path file, String what, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw bad(file, "its " + what + " is not JSON");
    }
  }

  static InputException bad(Path file, String what) {
    return new InputException(
        "%s is not a readable trace: %s; record it again, or mend what wrote it."
            .formatted(file, what));
  }
}
