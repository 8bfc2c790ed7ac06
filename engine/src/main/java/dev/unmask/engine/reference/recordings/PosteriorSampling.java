package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.RunComparison;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Repeats what a program drew from its own posterior with torch, from nothing but noise. */
final class PosteriorSampling {
  private PosteriorSampling() {}

  static Optional<String> difference(
      Recording recording, int threads, String sampler, Map<String, String> settings) {
    return difference(recording, _ -> 1, threads, sampler, settings);
  }

  /**
   * The same, where a recorded state may be several steps after the one before it.
   *
   * @param steps how many, by the recorded state, from 1
   */
  static Optional<String> difference(
      Recording recording,
      IntUnaryOperator steps,
      int threads,
      String sampler,
      Map<String, String> settings) {
    RunModel.Tokens model = TakenRows.leaveOneOut(recording, threads);
    try (TokenDenoiser _ = model.denoiser()) {
      long seed = recording.root().path("torch_seed").asLong(0);
      var plan = new RunPlan<>(Samplers.named(sampler), settings, RandomKind.TORCH, seed);
      Start.Tokens start =
          recording.start(new int[0], recording.count("length"), model.vocabulary());
      TokenRun run = TokenRun.start(model, start, plan);
      return RunComparison.difference(recording, run, steps, "nfe", (_, _) -> Optional.empty());
    }
  }

  /**
   * A hashed model whose rows are taken for what the recorded program took them for: a hash itself
   * means nothing.
   */
  record TakenRows(TokenDenoiser denoiser, RowMeaning rowMeaning) implements TokenDenoiser {
    /**
     * The model that a recording describes, its softmax taken for p̃(x_0), which leaves x_t out.
     */
    static RunModel.Tokens leaveOneOut(Recording recording, int threads) {
      RunModel.Tokens model = RecordedModel.open(recording, threads);
      return new RunModel.Tokens(
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
}
