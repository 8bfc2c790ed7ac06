package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.Sequences;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a transformer on a tape is trained by: the cross-entropies of the tokens that a batch asks
 * for.
 *
 * @param pattern of each window's attention
 */
record TokenLoss(Tape tape, LladaTransformer transformer, AttentionPattern pattern) {
  /**
   * Adds the weighted sum of a batch's cross-entropies to the tape's losses.
   *
   * @return the cross-entropies, in nats, one for each of {@code batch.rows()}
   */
  float[] of(Batch batch) {
    int length = pattern.positions().length;
    int[] positions =
        IntStream.range(0, batch.ids().length)
            .map(row -> pattern.positions()[row % length])
            .toArray();
    Sequences windows =
        new Sequences(batch.ids().length / length, batch.ids(), positions, batch.times());
    Tensor logits = transformer.forward(windows, pattern.mask(), batch.rows());
    int[] standing = Arrays.stream(batch.rows()).map(row -> batch.ids()[row]).toArray();
    tape.addAt(logits, Arrays.copyOf(standing, batch.evidence().length), batch.evidence());
    return tape.crossEntropy(logits, batch.targets(), batch.weights());
  }
}
