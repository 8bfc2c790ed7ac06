package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;

/** A denoiser beside a planner, which alone is asked about clean sequences, those at t = 0. */
record PlannedDenoiser(TokenDenoiser model, TokenDenoiser planner) implements TokenDenoiser {
  @Override
  public int vocabularySize() {
    return model.vocabularySize();
  }

  @Override
  public int contextLength() {
    return Math.min(model.contextLength(), planner.contextLength());
  }

  @Override
  public RowMeaning rowMeaning() {
    return model.rowMeaning();
  }

  @Override
  public Prediction predict(Request request) {
    boolean clean = request.time().isPresent() && request.time().getAsDouble() == 0;
    return (clean ? planner : model).predict(request);
  }

  @Override
  public void close() {
    model.close();
    planner.close();
  }
}
