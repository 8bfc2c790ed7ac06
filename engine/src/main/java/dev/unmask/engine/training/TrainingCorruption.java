package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;

/** How images are made noisy, and what is to be told of them. */
interface TrainingCorruption {
  /** Draws so many images and their noise. */
  ImageBatch draw(LabelledImages images, int count, Philox random);
}
