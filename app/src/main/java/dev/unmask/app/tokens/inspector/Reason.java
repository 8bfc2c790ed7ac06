package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Says in words what a step did to the selected token, from what the trace holds.
 *
 * @param moments up to the frame's step, the frame's own in its phase
 * @param position the selected one
 */
record Reason(Frame frame, List<StepView> moments, int position) {
  static Reason of(Frame frame) {
    return new Reason(frame, frame.history().upTo(frame.step()), frame.selection());
  }

  String sentence() {
    StepView moment = frame.moment();
    int step = frame.step();
    if (frame.phase() == Phase.PREDICTED && step > 0) {
      return predicted(moment);
    }
    return switch (moment.looks()[position]) {
      case GIVEN ->
          (moment.state().marks()[position] & Mark.PINNED) == 0
              ? "Given with the prompt: no sampler may change it."
              : "Pinned: no sampler may change it.";
      case NOISE -> "There since the start, as noise: no step has replaced it.";
      case NOT_STARTED -> "Its block has not been reached yet.";
      case MASKED -> masked(moment);
      case KEPT_MASKED ->
          isSetByUser(step)
              ? "Remasked by the user after step %d.".formatted(step)
              : "Kept masked at step %d: %s%s".formatted(step, verdict(step), losses(step));
      case COMMITTED_NOW, COMMITTED, EDITED -> put(moment.since()[position]);
      case REMASKED -> remasked(step);
    };
  }

  private String masked(StepView moment) {
    if (frame.step() == 0) {
      return "Masked: no step has been taken yet.";
    }
    int mask = frame.trace().header().tokens().maskId();
    if (moment.decision().predicted()[position] == mask) {
      return "Masked: at step %d the denoiser predicted the mask itself.".formatted(frame.step());
    }
    if (moment.decision().grounds().rule(position) == Rule.ORDER) {
      return "Masked: its turn in a fixed order has not come.";
    }
    return position < moment.block().from()
        ? "Masked: it lies outside the block that this step worked on, and was not asked about."
        : "Masked: the denoiser was not asked about it at this step.";
  }

  private String predicted(StepView moment) {
    if (moment.decision().predicted()[position] < 0) {
      return "At step %d the denoiser was not asked about it.".formatted(frame.step());
    }
    String token = frame.trace().header().tokens().text(moment.decision().predicted()[position]);
    Verdict decided = verdictOf(frame.step());
    return "Step %d predicts “%s”%s; nothing is decided yet."
        .formatted(
            frame.step(), Visible.text(token), decided.isScored() ? decided.ofPrediction() : "");
  }

  /** What put the token that is there. */
  private String put(int step) {
    if (step == 0) {
      return "There since the start.";
    }
    StepView then = moments.get(step);
    if (isSetByUser(step)) {
      return "Set by the user after step %d.".formatted(step);
    }
    if (then.before().tokens()[position] < 0 && then.decision().predicted()[position] < 0) {
      return "There since step %d, when its block was begun, as noise.".formatted(step);
    }
    if (then.looks()[position] == Look.EDITED) {
      Cell cell = cell(then);
      return "Edited at step %d: “%s” became “%s”%s"
          .formatted(
              step, Visible.text(cell.before()), Visible.text(cell.text()), because(step, then));
    }
    return "Committed at step %d: %s%s%s"
        .formatted(step, verdict(step), waited(step), losses(step));
  }

  private String remasked(int step) {
    StepView then = moments.get(step);
    return (isSetByUser(step)
            ? "Remasked by the user after step %d, from “%s”.".formatted(step, shown(then))
            : "Remasked at step %d: “%s” was taken back%s"
                .formatted(step, shown(then), because(step, then)))
        + committedAt(moments.get(step - 1));
  }

  /** "; it had confidence 0.31, below the threshold 0.90.", or that it is not told. */
  private String because(int step, StepView then) {
    return verdictOf(step).isTold() || !Float.isNaN(then.decision().confidence()[position])
        ? "; " + verdict(step)
        : ". The recording does not tell why.";
  }

  private String verdict(int step) {
    return verdictOf(step).words();
  }

  private Verdict verdictOf(int step) {
    return new Verdict(frame.trace(), moments.get(step), position);
  }

  /** Whether a branch set the token after this step. */
  private boolean isSetByUser(int step) {
    return frame.trace().header().segments().stream()
        .filter(segment -> segment.fromStep() == step)
        .flatMap(segment -> segment.edits().stream())
        .anyMatch(edit -> edit.kind() != TraceHeader.Edit.Kind.BAN && edit.position() == position);
  }

  private String committedAt(StepView before) {
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

  private String shown(StepView moment) {
    return Visible.text(cell(moment).text());
  }

  private Cell cell(StepView moment) {
    return Cell.at(moment, position, frame.trace().header());
  }
}
