package dev.unmask.app.cli;

import dev.unmask.app.images.PictureReader;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ImageSet;
import dev.unmask.engine.corruption.ImageCorruption;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The forward process of images in the terminal.
 *
 * @param model whose images have the size that is wanted
 * @param steps T, into which the time is cut
 * @param step the last one
 */
record PictureCorruption(
    String model, ProcessKind process, int steps, int step, long seed, ImageOutput output) {
  private record Given(BatchShape shape, float[] values) {}

  /**
   * Corrupts and tells.
   *
   * @param image a picture's file, a recorded run of images, or the number or the name of an image
   *     that the model knows
   */
  void run(String image) {
    try (ImageFolder opened = ImageJob.open(model, 1)) {
      Given given = given(image, opened);
      var corruption = ImageCorruption.of(given.shape(), given.values(), process, seed);
      output.say(summary(given.shape()));
      output.keep(
          corruption.trace(
              new TraceHeader.Model(opened.name(), opened.sha256()), image, steps, step));
    }
  }

  private static Given given(String image, ImageFolder opened) {
    ImageShape shape = opened.denoiser().shape();
    Optional<Path> file = file(image);
    if (file.isPresent() && TraceKind.IMAGES.is(file.get())) {
      return recorded(file.get());
    }
    float[] values =
        file.map(picture -> PictureReader.read(picture, shape))
            .orElseGet(() -> known(image, opened));
    return new Given(new BatchShape(1, shape.channels(), shape.height(), shape.width()), values);
  }

  private static Optional<Path> file(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isRegularFile);
    } catch (InvalidPathException _) {
      // An image's name may hold what no path can.
      return Optional.empty();
    }
  }

  /** What a run ended with. */
  private static Given recorded(Path file) {
    try (var trace = TraceKind.IMAGES.open(file)) {
      return new Given(trace.header().images().shape(), trace.state(trace.steps()).x());
    }
  }

  private static float[] known(String image, ImageFolder opened) {
    return opened
        .known()
        .flatMap(set -> index(image, set).map(index -> set.images()[index]))
        .orElseThrow(
            () ->
                new InputException(
                    "\"%s\" is neither a picture's file, a recorded run of images nor an image that the model %s knows%s; give one of these."
                        .formatted(
                            image,
                            opened.name(),
                            opened
                                .known()
                                .map(set -> " (0 to %d, or a name)".formatted(last(set)))
                                .orElse(""))));
  }

  private static int last(ImageSet set) {
    return set.images().length - 1;
  }

  private static Optional<Integer> index(String image, ImageSet set) {
    int named = set.names().indexOf(image);
    if (named >= 0) {
      return Optional.of(named);
    }
    return image.matches("\\d{1,9}")
        ? Optional.of(Integer.valueOf(image)).filter(index -> index <= last(set))
        : Optional.empty();
  }

  private String summary(BatchShape shape) {
    double t = (double) step / steps;
    String size =
        String.format(
            Locale.ROOT,
            "%s of %d × %d · %s · t %.3f",
            ImageOutput.count(shape),
            shape.width(),
            shape.height(),
            process.word(),
            t);
    return switch (process.at(t)) {
      case Corruption.Masking(double share) ->
          String.format(Locale.ROOT, "%s · %.0f %% of the pixels black", size, 100 * share);
      case Corruption.Gaussian(double alpha, double sigma) ->
          String.format(
              Locale.ROOT,
              "%s · alpha %.4f · sigma %.4f · signal to noise %.4g",
              size,
              alpha,
              sigma,
              alpha * alpha / (sigma * sigma));
    };
  }
}
