package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.run.RunModel;

/**
 * A hashed model whose rows are taken for what the recorded program took them for: a hash itself
 * means nothing.
 */
record TakenRows(TokenDenoiser denoiser, RowMeaning rowMeaning) implements TokenDenoiser {
  /** The model that a recording describes, its softmax taken for p̃(x_0), which leaves x_t out. */
  static RunModel leaveOneOut(Recording recording, int threads) {
    RunModel model = RecordedModel.open(recording, threads);
    return new RunModel(
        model.identity(),
        model.texts(),
        model.vocabulary(),
        new TakenRows(model.denoiser(), RowMeaning.LEAVE_ONE_OUT_LOGITS));
  }

  @Override
  public int vocabularySize() {
    return denoiser.vocabularySize();
  }

  @Override
  public int contextLength() {
    return denoiser.contextLength();
  }

  @Override
  public boolean knows(NoiseKind noise) {
    return denoiser.knows(noise);
  }

  @Override
  public Prediction predict(Request request) {
    return denoiser.predict(request);
  }

  @Override
  public void close() {
    denoiser.close();
  }
}
