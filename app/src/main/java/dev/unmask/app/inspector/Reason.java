package dev.unmask.app.inspector;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Cells;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Moment;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.Visible;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Says in words what a step did to the selected token, from what the trace holds.
 *
 * @param moments up to the frame's step, the frame's own in its phase
 * @param position the selected one
 */
record Reason(Frame frame, List<Moment> moments, int position) {
  static Reason of(Frame frame) {
    return new Reason(frame, frame.history().upTo(frame.step()), frame.selection());
  }

  String sentence() {
    Moment moment = frame.moment();
    int step = frame.step();
    if (frame.phase() == Phase.PREDICTED && step > 0) {
      return predicted(moment);
    }
    return switch (moment.looks()[position]) {
      case GIVEN -> "Given with the prompt: no sampler may change it.";
      case NOISE -> "There since the start, as noise: no step has replaced it.";
      case NOT_STARTED -> "Its block has not been reached yet.";
      case MASKED ->
          step == 0
              ? "Masked: no step has been taken yet."
              : "Masked: the denoiser was not asked about it at this step.";
      case KEPT_MASKED ->
          "Kept masked at step %d: “%s” %s.%s"
              .formatted(step, shown(moment), Ranking.of(moment, position).words(), losses(step));
      case COMMITTED_NOW, COMMITTED, EDITED -> put(moment.since()[position]);
      case REMASKED ->
          "Remasked at step %d: “%s” was taken back.%s"
              .formatted(step, shown(moment), committedAt(moments.get(step - 1)));
    };
  }

  private String predicted(Moment moment) {
    if (moment.decision().predicted()[position] < 0) {
      return "At step %d the denoiser was not asked about it.".formatted(frame.step());
    }
    String token = frame.trace().header().text(moment.decision().predicted()[position]);
    float confidence = moment.decision().confidence()[position];
    String sure =
        Float.isNaN(confidence)
            ? ""
            : String.format(Locale.ROOT, " with confidence %.2f", confidence);
    return "Step %d predicts “%s”%s; nothing is decided yet."
        .formatted(frame.step(), Visible.text(token), sure);
  }

  /** What put the token that is there. */
  private String put(int step) {
    if (step == 0) {
      return "There since the start.";
    }
    Moment then = moments.get(step);
    if (then.looks()[position] == Look.EDITED) {
      Cell cell = cell(then);
      return "Edited at step %d: “%s” became “%s”."
          .formatted(step, Visible.text(cell.before()), Visible.text(cell.text()));
    }
    return "Committed at step %d: it %s.%s%s"
        .formatted(step, Ranking.of(then, position).words(), waited(step), losses(step));
  }

  private String committedAt(Moment before) {
    int step = before.since()[position];
    return step <= 0 ? "" : " It was committed at step " + step + ".";
  }

  /** " It had been kept masked at 11 steps before.", if it was. */
  private String waited(int step) {
    long kept = IntStream.range(1, step).filter(k -> lookAt(k) == Look.KEPT_MASKED).count();
    if (kept == 0) {
      return "";
    }
    return " It had been kept masked at %d step%s before.".formatted(kept, kept == 1 ? "" : "s");
  }

  /** " It was remasked at step 16, from “garden”.", for the last time that it was. */
  private String losses(int step) {
    return IntStream.iterate(step - 1, k -> k > 0, k -> k - 1)
        .filter(k -> lookAt(k) == Look.REMASKED)
        .mapToObj(
            k -> " It was remasked at step %d, from “%s”.".formatted(k, shown(moments.get(k))))
        .findFirst()
        .orElse("");
  }

  private Look lookAt(int step) {
    return moments.get(step).looks()[position];
  }

  private String shown(Moment moment) {
    return Visible.text(cell(moment).text());
  }

  private Cell cell(Moment moment) {
    return Cells.at(moment, position, frame.trace().header());
  }
}
