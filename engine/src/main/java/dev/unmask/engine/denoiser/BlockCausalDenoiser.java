package dev.unmask.engine.denoiser;

import java.util.OptionalInt;

/**
 * A transformer that was trained to see, from each block, that block and those before it: so it is
 * run, whatever a sampler knows of blocks.
 *
 * @param size positions of a block
 */
public record BlockCausalDenoiser(TokenDenoiser transformer, int size) implements TokenDenoiser {
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
    return transformer.rowMeaning();
  }

  @Override
  public boolean seesTime() {
    return transformer.seesTime();
  }

  @Override
  public OptionalInt blockSize() {
    return OptionalInt.of(size);
  }

  @Override
  public boolean keepsContext() {
    return transformer.keepsContext();
  }

  /** Whoever asks for blocks of another size gets them. */
  @Override
  public Prediction predict(Request request) {
    return transformer.predict(
        request.attention() == Attention.FULL
            ? request.attending(new Attention.BlockCausal(size))
            : request);
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
