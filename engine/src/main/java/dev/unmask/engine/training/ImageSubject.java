package dev.unmask.engine.training;

import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;

/**
 * A convolutional network on grey images.
 *
 * @param goal what it is trained to do
 * @param images in MNIST's format
 * @param labels one an image
 * @param fine channels of its finer level
 * @param coarse channels of its coarser level
 * @param blocks on each level
 * @param batch images in a batch
 */
public record ImageSubject(
    ImageGoal goal, Path images, Path labels, int fine, int coarse, int blocks, int batch)
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
    return goal.open(LabelledImages.read(images, labels), this, ops);
  }

  @Override
  public String fingerprint() {
    return "%s, fine=%d, coarse=%d, blocks=%d, images=%d"
        .formatted(goal.word(), fine, coarse, blocks, batch);
  }
}
