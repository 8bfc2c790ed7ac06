package dev.unmask.engine.reference;

import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.run.ImagePlan;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.ImageRunModel;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.trace.ImageHeader;
import dev.unmask.engine.trace.ImageTrace;
import dev.unmask.engine.trace.ImageTraceFile;
import dev.unmask.engine.trace.StoredImages;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repeats this program's own traces of images with the models that they name.
 *
 * @param models those of images
 */
record ImageRepetition(ModelFolders models, int threads) {
  /** Of a value, or of its size where that is more than 1: processors round differently. */
  private static final double TOLERANCE = 1e-3;

  Outcome check(Path file) {
    String name = file.toString();
    try (StoredImages trace = ImageTraceFile.open(file)) {
      Optional<String> obstacle = obstacle(trace.header());
      if (obstacle.isPresent()) {
        return new Outcome.Unchecked(name, obstacle.get());
      }
      String made = trace.header().model().name();
      try (ImageFolder model = ImageFolder.open(models.recorded(made), threads)) {
        if (!model.sha256().equals(trace.header().model().sha256())) {
          return new Outcome.Unchecked(name, "it was made with another version of " + made);
        }
        return difference(trace, start(model, trace.header()))
            .<Outcome>map(where -> new Outcome.Differs(name, where))
            .orElseGet(() -> new Outcome.Equal(name));
      }
    }
  }

  private Optional<String> obstacle(ImageHeader header) {
    if (header.sampler().isEmpty()) {
      return Optional.of("nothing was sampled in it");
    }
    if (header.source().isPresent()) {
      return Optional.of("it began with images that it does not hold");
    }
    return models.names().contains(header.model().name())
        ? Optional.empty()
        : Optional.of("the model %s is not here".formatted(header.model().name()));
  }

  private static ImageRun start(ImageFolder model, ImageHeader header) {
    Map<String, String> settings = new HashMap<>();
    header.settings().forEach((name, value) -> settings.put(name, String.valueOf(value)));
    int none = model.denoiser().classes();
    List<Integer> labels =
        header.labels().isEmpty()
            ? Collections.nCopies(header.shape().images(), none)
            : header.labels();
    ImagePlan plan =
        new ImagePlan(
            ImageSamplers.named(header.sampler()),
            settings,
            labels,
            header.guidance(),
            header.seed(),
            Optional.empty());
    return ImageRun.start(new ImageRunModel(header.model(), model.denoiser()), plan);
  }

  private static Optional<String> difference(ImageTrace recorded, ImageRun run) {
    Optional<String> found = difference(0, recorded.x(0), run.trace().x(0));
    for (int step = 1; step <= recorded.steps() && found.isEmpty(); step++) {
      if (run.isFinished()) {
        return Optional.of("step %d: it was recorded, but the run has ended".formatted(step));
      }
      run.step();
      found = difference(step, recorded.x(step), run.trace().x(step));
    }
    return found;
  }

  private static Optional<String> difference(int step, float[] recorded, float[] came) {
    if (recorded.length != came.length) {
      return Optional.of("it has images of another size than its model");
    }
    for (int i = 0; i < recorded.length; i++) {
      double tolerance = TOLERANCE * Math.max(1, Math.abs(recorded[i]));
      if (!(Math.abs(recorded[i] - came[i]) <= tolerance)) {
        return Optional.of(
            "step %d, value %d: %s was recorded and %s came"
                .formatted(step, i, recorded[i], came[i]));
      }
    }
    return Optional.empty();
  }
}
