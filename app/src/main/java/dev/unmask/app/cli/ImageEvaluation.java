package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ClassifierModel;
import dev.unmask.engine.checkpoint.ImageModel;
import dev.unmask.engine.checkpoint.ImageNoise;
import dev.unmask.engine.evaluation.ImageSampling;
import dev.unmask.engine.evaluation.MaskingScore;
import dev.unmask.engine.evaluation.SampleScore;
import dev.unmask.engine.training.LabelledImages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Scores a model of images, in words.
 *
 * @param classifier the folder of the one whose features are compared
 * @param samples to draw
 */
record ImageEvaluation(
    Supplier<Path> classifier, ImageSampling sampling, int samples, PrintWriter out) {
  private static final int BATCH = 50;

  void print(Path folder, LabelledImages images) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ImageModel model = ImageModel.open(folder, threads)) {
      var shape = model.denoiser().shape();
      if (shape.height() != images.height() || shape.width() != images.width()) {
        throw new InputException(
            "The images have %d × %d pixels, and the model's %d × %d; give images of its size."
                .formatted(images.width(), images.height(), shape.width(), shape.height()));
      }
      switch (model.noise()) {
        case ImageNoise.Gaussian noise -> printSamples(model, noise, images, threads);
        case ImageNoise.Masking() -> printMasking(model, images);
      }
    }
    out.flush();
  }

  private void printSamples(
      ImageModel model, ImageNoise.Gaussian noise, LabelledImages images, int threads) {
    if (samples >= images.count() || images.classes() > model.denoiser().classes()) {
      throw new InputException(
          "There are %d images of %d classes for %d samples of a model of %d; give others, or fewer --samples."
              .formatted(images.count(), images.classes(), samples, model.denoiser().classes()));
    }
    try (ClassifierModel known = ClassifierModel.open(classifier.get(), BATCH, threads)) {
      float[] drawn = sampling.draw(model.denoiser(), noise, images.labels(samples));
      SampleScore score = SampleScore.of(known.classifier(), drawn, samples, images);
      out.printf(
          "%d samples, DDIM %d steps, guidance %s, seed %d; %d images%n",
          samples, sampling.steps(), sampling.guidance(), sampling.seed(), images.count());
      out.printf(
          "the classifier %s tells the class of %.1f %% of the images%n",
          known.name(), 100 * score.right());
      out.printf("and takes %.1f %% of the samples for what was asked%n", 100 * score.asked());
      out.printf("frechet of the first %d images to the others %.3f%n", samples, score.floor());
      out.printf("frechet %.3f%n", score.frechet());
    }
  }

  private void printMasking(ImageModel model, LabelledImages images) {
    MaskingScore score = MaskingScore.of(model.denoiser(), images, sampling.seed());
    out.printf(
        "%d images, any share of their pixels black, seed %d%n", images.count(), sampling.seed());
    out.printf("squared error of what it is given %.4f%n", score.masked());
    out.printf("squared error %.4f%n", score.squaredError());
  }
}
