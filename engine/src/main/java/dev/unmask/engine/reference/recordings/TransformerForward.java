package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.reference.LogitsComparison;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Logits of one evaluation of the transformer that lies beside the recording. */
public final class TransformerForward implements SingleCase {
  @Override
  public boolean recognises(Recording recording) {
    return recording.file().toString().endsWith(".forward.json")
        && recording.has("logits_first8_each_position")
        && RecordedModel.isKnown(recording);
  }

  @Override
  public Set<String> settings() {
    return RecordedModel.settingsAnd();
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    try (TokenDenoiser denoiser = RecordedModel.open(recording, threads).denoiser()) {
      int[] ids = recording.tokens("input", denoiser.vocabularySize());
      float[][] logits = predict(denoiser, ids, 0);
      float[][] beginnings = recording.floatRows("logits_first8_each_position");
      int[] argmax = recording.ints("argmax");
      if (beginnings.length != ids.length || argmax.length != ids.length) {
        return Optional.of(
            "logits were not recorded at each of %d positions".formatted(ids.length));
      }
      Optional<String> found =
          LogitsComparison.row(
              ids.length - 1, recording.floats("logits_last_position"), logits[ids.length - 1]);
      for (int position = 0; position < ids.length && found.isEmpty(); position++) {
        int at = position;
        found =
            LogitsComparison.row(position, beginnings[position], logits[position])
                .or(() -> argmax(at, argmax[at], logits[at]));
      }
      return found.or(() -> padded(recording, denoiser));
    }
  }

  /** The same sequence behind padding, once seen as tokens and once not seen at all. */
  private static Optional<String> padded(Recording recording, TokenDenoiser denoiser) {
    if (!recording.has("padded_input")) {
      return Optional.empty();
    }
    int[] ids = recording.tokens("padded_input", denoiser.vocabularySize());
    int last = ids.length - 1;
    int padding = ids.length - recording.ints("input").length;
    float[] seen = predict(denoiser, ids, 0)[last];
    float[] unseen =
        predict(denoiser, Arrays.copyOfRange(ids, padding, ids.length), padding)[last - padding];
    return LogitsComparison.row(last, recording.floats("padded_logits_last_first8"), seen)
        .or(
            () ->
                LogitsComparison.row(
                    last,
                    recording.floats("padded_logits_last_first8_with_attention_mask"),
                    unseen));
  }

  private static float[][] predict(TokenDenoiser denoiser, int[] ids, int firstPosition) {
    int[] rows = IntStream.range(0, ids.length).toArray();
    int[] positions = IntStream.range(firstPosition, firstPosition + ids.length).toArray();
    return denoiser
        .predict(Request.ofSequence(ids, Attention.FULL, rows, Optional.empty()).at(positions))
        .logits();
  }

  private static Optional<String> argmax(int position, int recorded, float[] logits) {
    int greatest = 0;
    for (int token = 1; token < logits.length; token++) {
      greatest = logits[token] > logits[greatest] ? token : greatest;
    }
    return greatest == recorded
        ? Optional.empty()
        : Optional.of(
            "position %d: greatest logit at token %d was recorded and at %d came"
                .formatted(position, recorded, greatest));
  }
}
