package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.denoiser.exact.ExactImageDenoiser;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clean images by name and class, out of a folder with config.json (model_type exact-images) and
 * model.safetensors ({@code images}, U8 [count, C, H, W]).
 *
 * @param classes names of the classes
 * @param labels the class of each image
 * @param names of the images
 * @param images their values, from −1 (black) to 1 (white), [count][C × H × W]
 */
public record ImageSet(
    ImageShape shape,
    List<String> classes,
    List<Integer> labels,
    List<String> names,
    float[][] images) {
  static final String TYPE = "exact-images";

  /**
   * Reads and checks.
   *
   * @throws InputException if a file is missing, or one does not fit the other
   */
  public static ImageSet read(Path folder) {
    ShapeFields fields = ShapeFields.read(folder.resolve("config.json"), TYPE);
    var shape =
        new ImageShape(
            fields.count("channels", 1), fields.count("height", 1), fields.count("width", 1));
    List<String> classes = texts(fields.root().path("classes"));
    List<String> names = texts(fields.root().path("names"));
    List<Integer> labels = new ArrayList<>();
    for (JsonNode label : fields.root().path("labels")) {
      if (!label.isInt() || label.intValue() < 0 || label.intValue() >= classes.size()) {
        throw fields.wrong("its label %s is none of %d classes".formatted(label, classes.size()));
      }
      labels.add(label.intValue());
    }
    if (names.isEmpty() || names.size() != labels.size()) {
      throw fields.wrong(
          "it has %d names and %d labels, and needs one of each for every image"
              .formatted(names.size(), labels.size()));
    }
    if (IntStream.range(0, classes.size()).anyMatch(label -> !labels.contains(label))) {
      throw fields.wrong("it has a class of no image");
    }
    float[][] images = images(folder.resolve("model.safetensors"), names.size(), shape);
    return new ImageSet(shape, classes, List.copyOf(labels), names, images);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  private static float[][] images(Path file, int count, ImageShape shape) {
    var wanted =
        new Entry("images", ElementType.U8, count, shape.channels(), shape.height(), shape.width());
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Entry found = tensors.entry("images");
      if (!found.equals(wanted) || !(tensors.values("images") instanceof Values.U8(byte[] bytes))) {
        throw new InputException(
            "%s holds %s where its config.json needs %s; make it again."
                .formatted(file, found, wanted));
      }
      float[][] images = new float[count][shape.values()];
      for (int k = 0; k < count; k++) {
        for (int i = 0; i < shape.values(); i++) {
          images[k][i] = Byte.toUnsignedInt(bytes[k * shape.values() + i]) / 127.5f - 1;
        }
      }
      return images;
    }
  }

  /** The exact denoiser of the set and of each class, on so many threads. */
  ExactImageDenoiser denoiser(int threads) {
    return new ExactImageDenoiser(shape, images, labels, classes.size(), threads);
  }
}
