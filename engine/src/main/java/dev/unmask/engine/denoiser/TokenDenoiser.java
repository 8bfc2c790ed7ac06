package dev.unmask.engine.denoiser;

import dev.unmask.engine.noise.NoiseKind;
import java.util.OptionalInt;

/** A model that predicts clean tokens from noised ones. Used by one thread at a time. */
public interface TokenDenoiser extends AutoCloseable {
  /** Number of tokens, the mask included: the length of a prediction's rows. */
  int vocabularySize();

  /** The longest sequence that it was made for. */
  int contextLength();

  /** What its rows are. */
  RowMeaning rowMeaning();

  /** Whether it was made for sequences with noise of that kind: most know masks only. */
  default boolean knows(NoiseKind noise) {
    return noise == NoiseKind.ABSORBING;
  }

  /**
   * Whether it may answer the same tokens otherwise at another time, or of other noise. One that
   * does not need not be asked twice.
   */
  default boolean seesTime() {
    return true;
  }

  /** How many positions a block has, if it was trained block by block. */
  default OptionalInt blockSize() {
    return OptionalInt.empty();
  }

  /** Whether it can take up keys and values of earlier evaluations. */
  default boolean keepsContext() {
    return false;
  }

  /**
   * Whether nothing but this program's own kernels computes its answers, so far as they are
   * computed here: then they have the same bits everywhere.
   */
  default boolean ownKernels() {
    return true;
  }

  /**
   * Multiply-adds of the matrix products that an evaluation asks for; 0 where nobody counts them.
   */
  default long multiplyAdds(Request request) {
    return 0;
  }

  /**
   * One evaluation. It looks between layers whether its thread was interrupted.
   *
   * @throws java.util.concurrent.CancellationException if the thread was interrupted; the flag is
   *     cleared
   */
  Prediction predict(Request request);

  /** Frees the memory that it holds outside the heap. */
  @Override
  void close();
}
