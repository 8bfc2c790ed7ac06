package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.NoiseKind;
import java.util.Arrays;

/**
 * A denoiser made from an autoregressive model, whose row at a slot is about the slot after it
 * (Dream, https://arxiv.org/abs/2508.15487): each slot is answered by the row before it, the first
 * one by its own.
 *
 * @param model whose rows come one slot early; it sees the whole sequence
 */
public record ShiftedDenoiser(TokenDenoiser model) implements TokenDenoiser {
  @Override
  public int vocabularySize() {
    return model.vocabularySize();
  }

  @Override
  public int contextLength() {
    return model.contextLength();
  }

  @Override
  public RowMeaning rowMeaning() {
    return model.rowMeaning();
  }

  @Override
  public boolean knows(NoiseKind noise) {
    return model.knows(noise);
  }

  @Override
  public boolean seesTime() {
    return model.seesTime();
  }

  /** The first two slots share a row, which is computed once. */
  @Override
  public Prediction predict(Request request) {
    int[] before = Arrays.stream(request.rows()).map(slot -> Math.max(slot - 1, 0)).toArray();
    int[] distinct = Arrays.stream(before).distinct().toArray();
    float[][] logits = model.predict(request.withRows(distinct)).logits();
    float[][] shifted =
        Arrays.stream(before)
            .mapToObj(row -> logits[Arrays.binarySearch(distinct, row)])
            .toArray(float[][]::new);
    return new Prediction(request.rows(), shifted);
  }

  @Override
  public boolean ownKernels() {
    return model.ownKernels();
  }

  @Override
  public long multiplyAdds(Request request) {
    return model.multiplyAdds(request);
  }

  @Override
  public void close() {
    model.close();
  }
}
