package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.noise.NoiseKind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A model without weights, whose logits are a hash of the row that it is given (splitmix64 of seed,
 * row, slot and token) and exact in float32: the reference recordings were made with it, so what
 * must agree with them is the sampler alone.
 *
 * @param seed of the hash
 * @param vocabularySize V
 * @param shift how many of the hash's low bits are dropped; 48 leaves logits below 65536 / divisor
 * @param divisor what the rest is divided by
 * @param maskId the column of {@code maskLogit}
 * @param maskLogit the mask's logit in every row, if it is not hashed too
 * @param fixed logits set last
 */
public record HashedDenoiser(
    long seed,
    int vocabularySize,
    int shift,
    double divisor,
    int maskId,
    OptionalDouble maskLogit,
    List<Fixed> fixed)
    implements TokenDenoiser {
  private static final long OF_SEED = 0x9E3779B97F4A7C15L;
  private static final long OF_ROW = 0xBF58476D1CE4E5B9L;
  private static final long OF_SLOT = 0x94D049BB133111EBL;
  private static final long OF_TOKEN = 0xD6E8FEB86659FD93L;

  /** A logit that is the same whatever the row. */
  public record Fixed(int slot, int token, float logit) {}

  @Override
  public int contextLength() {
    return Integer.MAX_VALUE;
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  /** It knows nothing, of any. */
  @Override
  public boolean knows(NoiseKind noise) {
    return true;
  }

  @Override
  public Prediction predict(Request request) {
    float[][] logits = logits(request.ids(), request.rows());
    request
        .guidance()
        .ifPresent(
            guidance -> {
              float[][] unconditional = logits(guidance.unconditional(), request.rows());
              for (int i = 0; i < logits.length; i++) {
                guidance.apply(logits[i], unconditional[i]);
              }
            });
    return new Prediction(request.rows(), logits);
  }

  private float[][] logits(int[] ids, int[] slots) {
    long sum = 0;
    for (int j = 0; j < ids.length; j++) {
      sum += (ids[j] + 1L) * (2L * j + 1);
    }
    long base = seed * OF_SEED + sum * OF_ROW;
    return Arrays.stream(slots)
        .mapToObj(slot -> row(slot, base + slot * OF_SLOT))
        .toArray(float[][]::new);
  }

  private float[] row(int slot, long base) {
    float[] row = new float[vocabularySize];
    for (int token = 0; token < row.length; token++) {
      row[token] = (float) ((mix(base + token * OF_TOKEN) >>> shift) / divisor);
    }
    if (maskLogit.isPresent()) {
      row[maskId] = (float) maskLogit.getAsDouble();
    }
    for (Fixed one : fixed) {
      if (one.slot() == slot) {
        row[one.token()] = one.logit();
      }
    }
    return row;
  }

  /** The finalizer of splitmix64 (Steele et al. 2014, https://doi.org/10.1145/2660193.2660195). */
  private static long mix(long bits) {
    long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Holds nothing outside the heap. */
  @Override
  public void close() {}
}
