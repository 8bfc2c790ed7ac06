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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A trace's header as the strings of its file's metadata. */
final class HeaderJson {
  private static final String FORMAT = "unmask-trace/1";

  private static final String SAMPLER_SHA256 = "sampler_sha256";

  /** Of a training: more than any has that a person waits for. */
  private static final int MOST_STEPS = 1 << 20;

  /** The mask of a trace that does not tell it: no token. */
  private static final int NO_MASK = -1;

  private static final JsonMapper JSON = new JsonMapper();

  private HeaderJson() {}

  static Map<String, String> write(TraceHeader header) {
    ObjectNode run = JSON.createObjectNode();
    run.putObject("model")
        .put("name", header.model().name())
        .put("sha256", header.model().sha256());
    Map<String, String> metadata = new HashMap<>(Map.of("format", FORMAT));
    switch (header.content()) {
      case TraceHeader.Tokens tokens -> {
        write(run, header, tokens);
        ArrayNode vocabulary = JSON.createArrayNode();
        tokens.vocabulary().forEach(vocabulary::add);
        metadata.put("vocabulary", vocabulary.toString());
      }
      case TraceHeader.Images images -> write(run, header, images);
      case TraceHeader.Training training -> write(run, header, training);
    }
    header
        .parent()
        .ifPresent(
            parent ->
                run.putObject("parent").put("sha256", parent.sha256()).put("step", parent.step()));
    header.source().ifPresent(source -> run.put("source", source));
    run.put("version", header.version());
    metadata.put("run", run.toString());
    return Map.copyOf(metadata);
  }

  private static void write(ObjectNode run, TraceHeader header, TraceHeader.Tokens tokens) {
    run.put("mask_id", tokens.maskId())
        .put("length", tokens.length())
        .put("noise", header.noise())
        .put("random", header.random())
        .put("seed", header.seed());
    writeSegments(run, header);
  }

  private static void write(ObjectNode run, TraceHeader header, TraceHeader.Images images) {
    Map<String, Object> first =
        new LinkedHashMap<>(
            header.segmentAt(0).map(TraceHeader.Segment::settings).orElse(Map.of()));
    Object guidance = first.remove(TraceHeader.Segment.GUIDANCE);
    run.put("process", header.noise()).put("sampler", header.sampler());
    write(run.putObject("settings"), first);
    ArrayNode labels = run.putArray("labels");
    images.labels().forEach(labels::add);
    run.put(TraceHeader.Segment.GUIDANCE, guidance instanceof Number w ? w.doubleValue() : 0)
        .put("seed", header.seed());
    // A run of one stretch is told as it was before there were branches.
    if (header.segments().size() > 1 || header.seedAt(0) != header.seed()) {
      writeSegments(run, header);
    }
  }

  private static void write(ObjectNode run, TraceHeader header, TraceHeader.Training training) {
    run.put("data", training.data())
        .put("steps", training.steps())
        .put("frames", training.frames())
        .put("seed", header.seed());
    ArrayNode losses = run.putArray("losses");
    training.losses().forEach(losses::add);
    writeSegments(run, header);
  }

  private static void writeSegments(ObjectNode run, TraceHeader header) {
    ArrayNode segments = run.putArray("segments");
    header.segments().forEach(segment -> write(segments.addObject(), segment));
  }

  private static void write(ObjectNode node, Map<String, Object> settings) {
    settings.forEach((name, value) -> node.set(name, JSON.valueToTree(value)));
  }

  private static void write(ObjectNode node, TraceHeader.Segment segment) {
    node.put("from_step", segment.fromStep()).put("sampler", segment.sampler());
    segment.samplerSha256().ifPresent(sha256 -> node.put(SAMPLER_SHA256, sha256));
    segment.seed().ifPresent(seed -> node.put("seed", seed));
    write(node.putObject("settings"), segment.settings());
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
   * Reads what is there of a run of tokens; what is not is unknown.
   *
   * @param length of the sequence, from the trace's tokens
   * @param candidates K, likewise
   */
  static TraceHeader tokens(Path file, Map<String, String> metadata, int length, int candidates) {
    JsonNode run = run(file, metadata);
    if (run.path("length").asInt(length) != length) {
      throw bad(file, "its run names another length than its tokens have");
    }
    return new TraceHeader(
        model(run),
        new TraceHeader.Tokens(
            texts(
                file,
                "vocabulary",
                parse(file, "vocabulary", metadata.getOrDefault("vocabulary", "[]"))),
            run.path("mask_id").asInt(NO_MASK),
            length,
            candidates),
        run.path("noise").asText(""),
        run.path("seed").isNumber() ? run.path("random").asText("none") : "none",
        run.path("seed").asLong(0),
        segments(file, run.path("segments")),
        parent(run),
        source(run),
        run.path("version").asText(""));
  }

  /**
   * Reads what is there of a run of images; what is not is unknown.
   *
   * @param shape of the trace's x
   */
  static TraceHeader images(Path file, Map<String, String> metadata, BatchShape shape) {
    JsonNode run = run(file, metadata);
    return new TraceHeader(
        model(run),
        new TraceHeader.Images(shape, labels(file, run.path("labels"), shape)),
        run.path("process").asText(""),
        "philox",
        run.path("seed").asLong(0),
        run.path("segments").isEmpty() ? onlySegment(run) : segments(file, run.path("segments")),
        parent(run),
        source(run),
        run.path("version").asText(""));
  }

  /** Reads what there is of a training, all of which it must tell. */
  static TraceHeader training(Path file, Map<String, String> metadata) {
    JsonNode run = run(file, metadata);
    int steps = run.path("steps").asInt(0);
    int frames = run.path("frames").asInt(0);
    if (frames < 1 || steps < frames || steps > MOST_STEPS) {
      throw bad(file, "it tells of %d steps of training in %d frames".formatted(steps, frames));
    }
    return new TraceHeader(
        model(run),
        new TraceHeader.Training(
            run.path("data").asText(""), steps, frames, texts(file, "losses", run.path("losses"))),
        "",
        "philox",
        run.path("seed").asLong(0),
        segments(file, run.path("segments")),
        parent(run),
        source(run),
        run.path("version").asText(""));
  }

  private static List<TraceHeader.Segment> onlySegment(JsonNode run) {
    String sampler = run.path("sampler").asText("");
    Map<String, Object> settings = settings(run);
    settings.put(TraceHeader.Segment.GUIDANCE, run.path(TraceHeader.Segment.GUIDANCE).asDouble(0));
    return sampler.isEmpty()
        ? List.of()
        : List.of(new TraceHeader.Segment(0, sampler, settings, List.of()));
  }

  private static TraceHeader.Model model(JsonNode run) {
    JsonNode model = run.path("model");
    return new TraceHeader.Model(model.path("name").asText(""), model.path("sha256").asText(""));
  }

  private static Optional<TraceHeader.Parent> parent(JsonNode run) {
    return Optional.of(run.path("parent"))
        .filter(JsonNode::isObject)
        .map(
            node ->
                new TraceHeader.Parent(node.path("sha256").asText(""), node.path("step").asInt(0)));
  }

  private static Optional<String> source(JsonNode run) {
    return Optional.of(run.path("source")).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static Map<String, Object> settings(JsonNode of) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> setting : of.path("settings").properties()) {
      settings.put(setting.getKey(), JSON.convertValue(setting.getValue(), Object.class));
    }
    return settings;
  }

  private static List<Integer> labels(Path file, JsonNode array, BatchShape shape) {
    List<Integer> labels = new ArrayList<>();
    for (JsonNode label : array) {
      if (!label.isInt()) {
        throw bad(file, "its label " + label + " is not a class's number");
      }
      labels.add(label.intValue());
    }
    if (!labels.isEmpty() && labels.size() != shape.images()) {
      throw bad(file, "it has %d labels for %d images".formatted(labels.size(), shape.images()));
    }
    return List.copyOf(labels);
  }

  /** The JSON object that tells of the run, empty if there is none. */
  private static JsonNode run(Path file, Map<String, String> metadata) {
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

  private static List<String> texts(Path file, String what, JsonNode array) {
    List<String> texts = new ArrayList<>();
    if (!array.isArray()) {
      throw bad(file, "its %s is not a JSON array of texts".formatted(what));
    }
    for (JsonNode text : array) {
      if (!text.isTextual()) {
        throw bad(file, "its %s is not a JSON array of texts".formatted(what));
      }
      texts.add(text.textValue());
    }
    return List.copyOf(texts);
  }

  private static List<TraceHeader.Segment> segments(Path file, JsonNode array) {
    List<TraceHeader.Segment> segments = new ArrayList<>();
    for (JsonNode node : array) {
      List<TraceHeader.Edit> edits = new ArrayList<>();
      for (JsonNode edit : node.path("edits")) {
        edits.add(edit(file, edit));
      }
      segments.add(
          new TraceHeader.Segment(
              node.path("from_step").asInt(0),
              node.path("sampler").asText(""),
              settings(node),
              List.copyOf(edits),
              Optional.of(node.path(SAMPLER_SHA256))
                  .filter(JsonNode::isTextual)
                  .map(JsonNode::textValue),
              node.path("seed").isNumber()
                  ? OptionalLong.of(node.path("seed").asLong())
                  : OptionalLong.empty()));
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
