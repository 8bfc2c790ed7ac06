package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.unet.UNetShape;
import java.nio.file.Path;

/** The fields of a config.json that say the shape of a network on images. */
record ShapeFields(Path file, JsonNode root) {
  private static final String TYPE = "model_type";
  private static final int LARGEST = 1 << 14;
  private static final int MOST_VALUES = 1 << 20;

  /**
   * Of a file.
   *
   * @throws InputException if it is missing or of no such model
   */
  static ShapeFields read(Path file, String type) {
    ShapeFields fields = new ShapeFields(file, JsonFile.read(file));
    if (!fields.root.path(TYPE).asText().equals(type)) {
      throw fields.wrong("its model_type is not \"%s\"".formatted(type));
    }
    return fields;
  }

  UNetShape shape() {
    int height = count("height", 4);
    int width = count("width", 4);
    int channels = count("channels", 1);
    long values = (long) height * width * channels;
    if (values > MOST_VALUES) {
      throw wrong(
          "its images have %d values and can have at most %d".formatted(values, MOST_VALUES));
    }
    return new UNetShape(
        height,
        width,
        channels,
        root.path("classes").asInt(-1) == 0 ? 0 : count("classes", 1),
        count("fine_channels", 1),
        count("coarse_channels", UNetShape.HEAD_SIZE),
        count("blocks", 1));
  }

  int count(String name, int multiple) {
    JsonNode value = root.path(name);
    if (!value.isInt()
        || value.intValue() < 1
        || value.intValue() > LARGEST
        || value.intValue() % multiple != 0) {
      String kind = multiple == 1 ? "a whole number from 1" : "a multiple of " + multiple;
      throw wrong("its %s is %s and not %s".formatted(name, value, kind));
    }
    return value.intValue();
  }

  InputException wrong(String what) {
    return new InputException(
        "%s does not describe an image model: %s; give the folder of one.".formatted(file, what));
  }

  /** As they are read. */
  static ObjectNode write(String type, UNetShape shape) {
    return new JsonMapper()
        .createObjectNode()
        .put(TYPE, type)
        .put("height", shape.height())
        .put("width", shape.width())
        .put("channels", shape.channels())
        .put("classes", shape.classes())
        .put("fine_channels", shape.fine())
        .put("coarse_channels", shape.coarse())
        .put("blocks", shape.blocks());
  }
}
