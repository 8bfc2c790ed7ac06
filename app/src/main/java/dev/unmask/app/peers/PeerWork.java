package dev.unmask.app.peers;

import dev.unmask.engine.training.TextSubject;
import java.nio.file.Path;

/** What all contenders do alike, each with the model in the same folder. */
public sealed interface PeerWork {
  /** As the table names it. */
  String name();

  /** The model's folder: config.json, model.safetensors. */
  Path model();

  /**
   * All logits of a sequence, once.
   *
   * @param ids of its tokens
   */
  record Evaluation(String name, Path model, int[] ids) implements PeerWork {}

  /**
   * A whole run of LLaDA's sampler in one block, which takes the most probable tokens.
   *
   * @param prompt its tokens
   * @param length prompt and answer together
   */
  record Generation(String name, Path model, int[] prompt, int length, int steps)
      implements PeerWork {}

  /**
   * Steps of training, from the weights of the model on.
   *
   * @param inputs a file with the batches and the rates: {@code ids.S} I32 [windows, length],
   *     {@code rows.S}, {@code targets.S} I32 and {@code weights.S} F32 [asked] of each step S, and
   *     {@code rates} F64 [steps]
   * @param subject whose batches these are
   */
  record Training(String name, Path model, Path inputs, TextSubject subject, int steps)
      implements PeerWork {}

  /**
   * A whole run of DDIM.
   *
   * @param inputs a file with the noise to start from: {@code start} F32 [N, C, H, W]
   * @param images N
   */
  record Denoising(String name, Path model, Path inputs, int images, int steps)
      implements PeerWork {}
}
