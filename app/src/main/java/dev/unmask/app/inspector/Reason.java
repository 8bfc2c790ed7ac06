package dev.unmask.app.inspector;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Cells;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.sampler.BlockPosition;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Says in words what a step did to the selected token, from what the trace holds: its confidence
 * among those that were predicted at the same step.
 *
 * @param cells of all positions at the frame's step
 */
record Reason(Frame frame, Cell[] cells) {
  String sentence() {
    Cell cell = cells[frame.selection()];
    int step = frame.step();
    return switch (cell.look()) {
      case GIVEN -> "Given with the prompt: no sampler may change it.";
      case NOT_STARTED -> "Its block has not been reached yet.";
      case MASKED ->
          step == 0
              ? "Masked: no step has been taken yet."
              : "Masked: the denoiser was not asked about it at this step.";
      case KEPT_MASKED ->
          "Kept masked at step %d: “%s” %s%s."
              .formatted(step, Visible.text(cell.text()), ranked(step, cells), quota(cells));
      case COMMITTED_NOW ->
          "Committed at step %d: it %s%s.%s"
              .formatted(step, ranked(step, cells), quota(cells), waited(step));
      case COMMITTED -> committedEarlier();
      case REMASKED ->
          "Remasked at step %d: “%s” was taken back.%s"
              .formatted(step, Visible.text(cell.text()), committedAt(step - 1));
      case EDITED ->
          "Edited at step %d: “%s” became “%s”."
              .formatted(step, Visible.text(cell.before()), Visible.text(cell.text()));
    };
  }

  private String committedEarlier() {
    int step = lastCommit(frame.step());
    if (step == 0) {
      return "There since the start.";
    }
    Cell[] then = Cells.at(frame.trace(), frame.plan(), step);
    return "Committed at step %d: it %s%s.%s"
        .formatted(step, ranked(step, then), quota(then), waited(step));
  }

  private String committedAt(int before) {
    int step = lastCommit(before);
    return step == 0 ? "" : " It was committed at step " + step + ".";
  }

  /** "had confidence 0.83, 2nd of 15", as far as there is a confidence. */
  private String ranked(int step, Cell[] then) {
    float own = then[frame.selection()].confidence();
    if (Float.isNaN(own)) {
      return "had no confidence recorded";
    }
    BlockPosition block = frame.plan().block(frame.trace().state(step - 1));
    double[] rivals =
        IntStream.range(block.from(), Math.min(block.to(), then.length))
            .filter(p -> decided(then[p].look()))
            .mapToDouble(p -> then[p].confidence())
            .filter(Double::isFinite)
            .toArray();
    long rank = 1 + Arrays.stream(rivals).filter(c -> c > own).count();
    return String.format(
        Locale.ROOT, "had confidence %.2f, %s of %d", own, ordinal(rank), rivals.length);
  }

  private static boolean decided(Look look) {
    return look == Look.KEPT_MASKED || look == Look.COMMITTED_NOW;
  }

  private static String quota(Cell[] then) {
    long committed = Arrays.stream(then).filter(cell -> cell.look() == Look.COMMITTED_NOW).count();
    return committed == 1
        ? ", and one token was committed"
        : ", and %d tokens were committed".formatted(committed);
  }

  /** " Kept masked at 11 steps before.", if it was. */
  private String waited(int step) {
    long kept = IntStream.range(1, step).filter(k -> lookAt(k) == Look.KEPT_MASKED).count();
    if (kept == 0) {
      return "";
    }
    return " It had been kept masked at %d step%s before.".formatted(kept, kept == 1 ? "" : "s");
  }

  /** The last step up to this one that committed or edited the token, 0 if none did. */
  private int lastCommit(int step) {
    return IntStream.iterate(step, k -> k > 0, k -> k - 1)
        .filter(k -> lookAt(k) == Look.COMMITTED_NOW || lookAt(k) == Look.EDITED)
        .findFirst()
        .orElse(0);
  }

  private Look lookAt(int step) {
    return Cells.looks(frame.trace(), frame.plan(), step)[frame.selection()];
  }

  private static String ordinal(long rank) {
    long tens = rank % 100 / 10;
    return rank
        + (tens == 1
            ? "th"
            : switch ((int) (rank % 10)) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            });
  }
}
