package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.List;

/** The tokens that a branch may not predict. */
record Bans(List<Edit> edits) {
  /** Those of the segment that a step is in. */
  static Bans at(TraceHeader header, int step) {
    return new Bans(
        header.segmentAt(step).map(Segment::edits).orElse(List.of()).stream()
            .filter(edit -> edit.kind() == Edit.Kind.BAN)
            .toList());
  }

  /**
   * The same, with no probability for what is banned.
   *
   * @param positions of the slots
   */
  Prediction without(Prediction prediction, int[] positions) {
    if (edits.isEmpty()) {
      return prediction;
    }
    float[][] logits = prediction.logits().clone();
    for (int i = 0; i < logits.length; i++) {
      for (Edit ban : edits) {
        if (ban.position() == -1 || ban.position() == positions[prediction.rows()[i]]) {
          logits[i] = logits[i].clone();
          logits[i][ban.token()] = Float.NEGATIVE_INFINITY;
        }
      }
    }
    return new Prediction(prediction.rows(), logits);
  }
}
