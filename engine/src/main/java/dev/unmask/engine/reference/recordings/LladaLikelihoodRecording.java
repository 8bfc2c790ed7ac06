package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.reference.Comparison;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import dev.unmask.engine.run.RunModel;
import java.util.Optional;
import java.util.Set;

/** Estimates of LLaDA's get_log_likelihood.py. */
public final class LladaLikelihoodRecording implements SingleCase {
  /** Relative: the reference sums float32. */
  private static final double TOLERANCE = 1e-6;

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("ML-GSAI/LLaDA@\\w+ get_log_likelihood\\.py")
        && recording.root().path("batch_size").asInt() > 0
        && !recording.root().path("answer").isEmpty()
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd("batch_size", "mc_num", "cfg_scale", "log_likelihood");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    RunModel.Tokens model = RecordedModel.open(recording, threads);
    try (TokenDenoiser denoiser = model.denoiser()) {
      int batchSize = recording.count("batch_size");
      int samples = recording.count("mc_num");
      int[] prompt = recording.ints("prompt");
      int[] answer = recording.tokens("answer", model.vocabulary().size());
      recording.checkWork(
          Math.max(samples, batchSize), prompt.length + answer.length, model.vocabulary());
      LladaLikelihood.Estimate estimate =
          new LladaLikelihood(
                  denoiser, model.vocabulary().maskId(), (float) recording.number("cfg_scale"))
              .estimate(
                  prompt,
                  answer,
                  samples / batchSize,
                  batchSize,
                  new TorchRandom(recording.whole("torch_seed")));
      return noise(recording, estimate).or(() -> likelihood(recording, estimate));
    }
  }

  private static Optional<String> noise(Recording recording, LladaLikelihood.Estimate estimate) {
    int batch = 0;
    for (int[][] came : estimate.noisy()) {
      for (int i = 0; i < came.length; i++) {
        int[] recorded = Recording.ints(recording.field("noisy_batches").path(batch).path(i));
        Optional<String> found = Comparison.tokens(batch * came.length + i + 1, recorded, came[i]);
        if (found.isPresent()) {
          return found;
        }
      }
      batch++;
    }
    return Optional.empty();
  }

  private static Optional<String> likelihood(
      Recording recording, LladaLikelihood.Estimate estimate) {
    double recorded = recording.number("log_likelihood");
    double came = estimate.logLikelihood();
    return Math.abs(recorded - came) <= TOLERANCE * Math.abs(recorded)
        ? Optional.empty()
        : Optional.of("log-likelihood %s was recorded and %s came".formatted(recorded, came));
  }
}
