package dev.unmask.engine.training;

import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;

/**
 * A noise predictor of grey images, conditioned on their class.
 *
 * @param images in MNIST's format
 * @param labels one an image
 * @param fine channels of its finer level
 * @param coarse channels of its coarser level
 * @param blocks on each level
 * @param batch images in a batch
 */
public record ImageSubject(Path images, Path labels, int fine, int coarse, int blocks, int batch)
    implements Subject {
  /** Checks the numbers. */
  public ImageSubject {
    TrainingPlan.atLeastOne("number of fine channels", fine);
    TrainingPlan.atLeastOne("number of coarse channels", coarse);
    TrainingPlan.atLeastOne("number of blocks", blocks);
    TrainingPlan.atLeastOne("number of images", batch);
  }

  @Override
  public Task open(HostTensors ops) {
    return new NoiseTask(this, LabelledImages.read(images, labels), ops);
  }

  @Override
  public String fingerprint() {
    return "noise, fine=%d, coarse=%d, blocks=%d, images=%d".formatted(fine, coarse, blocks, batch);
  }
}
