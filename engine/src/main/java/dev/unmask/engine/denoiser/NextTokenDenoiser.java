package dev.unmask.engine.denoiser;

import java.util.Optional;

/**
 * An autoregressive transformer as a denoiser: its row for a position is what it says behind the
 * tokens before that position, whatever stands there and after it. Before the first one it is shown
 * the end of an earlier text, as in training.
 *
 * @param transformer trained to give at each position the token after it
 * @param endId the token that ends a text
 */
public record NextTokenDenoiser(TokenDenoiser transformer, int endId) implements TokenDenoiser {
  @Override
  public int vocabularySize() {
    return transformer.vocabularySize();
  }

  @Override
  public int contextLength() {
    return transformer.contextLength();
  }

  @Override
  public RowMeaning rowMeaning() {
    return RowMeaning.CLEAN_LOGITS;
  }

  @Override
  public boolean seesTime() {
    return transformer.seesTime();
  }

  @Override
  public Prediction predict(Request request) {
    Optional<Guidance> guidance =
        request.guidance().map(g -> new Guidance(g.scale(), before(g.unconditional())));
    return transformer.predict(
        new Request(
            before(request.ids()),
            request.positions(),
            Attention.CAUSAL,
            request.rows(),
            guidance,
            request.time(),
            request.noise(),
            request.context()));
  }

  /** At each position the token before it. */
  private int[] before(int[] ids) {
    int[] shifted = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      shifted[i] = i == 0 ? endId : ids[i - 1];
    }
    return shifted;
  }

  @Override
  public boolean ownKernels() {
    return transformer.ownKernels();
  }

  @Override
  public long multiplyAdds(Request request) {
    return transformer.multiplyAdds(request);
  }

  @Override
  public void close() {
    transformer.close();
  }
}
