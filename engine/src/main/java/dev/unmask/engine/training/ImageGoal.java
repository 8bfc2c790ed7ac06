package dev.unmask.engine.training;

import dev.unmask.engine.checkpoint.ClassifierConfig;
import dev.unmask.engine.checkpoint.ImageNoise;
import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.tensor.HostTensors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a network can be trained to do with images. */
public enum ImageGoal {
  /** To tell the noise of noisy images of a class, as DDPM does. */
  NOISE {
    @Override
    Task open(LabelledImages images, ImageSubject subject, HostTensors ops) {
      var noise = ImageNoise.Gaussian.DDPM;
      var config = new UNetConfig(shape(images, images.classes(), subject), noise);
      var corruption = new GaussianCorruption(noise.alphaBar());
      return new DenoisingTask(images, corruption, config, subject.batch(), ops);
    }
  },
  /** To tell a whole image from some of its pixels, as the denoising autoencoder of 2008 does. */
  AUTOENCODER {
    @Override
    Task open(LabelledImages images, ImageSubject subject, HostTensors ops) {
      var config = new UNetConfig(shape(images, 0, subject), new ImageNoise.Masking());
      return new DenoisingTask(images, new MaskingCorruption(), config, subject.batch(), ops);
    }
  },
  /** To tell the class of clean images. */
  CLASSES {
    @Override
    Task open(LabelledImages images, ImageSubject subject, HostTensors ops) {
      var config = new ClassifierConfig(shape(images, images.classes(), subject));
      return new ClassificationTask(images, config, subject.batch(), ops);
    }
  };

  abstract Task open(LabelledImages images, ImageSubject subject, HostTensors ops);

  private static UNetShape shape(LabelledImages images, int classes, ImageSubject subject) {
    return new UNetShape(
        images.height(),
        images.width(),
        1,
        classes,
        subject.fine(),
        subject.coarse(),
        subject.blocks());
  }

  /** As the command line writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The goal of that word, if there is one. */
  public static Optional<ImageGoal> of(String word) {
    return Arrays.stream(values()).filter(goal -> goal.word().equals(word)).findFirst();
  }
}
