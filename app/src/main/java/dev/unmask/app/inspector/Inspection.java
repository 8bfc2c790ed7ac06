package dev.unmask.app.inspector;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Cells;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.Candidates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is told about the selected token at the playhead.
 *
 * @param title which token at which step
 * @param cell how it looks
 * @param why what happened to it and why, in a sentence or two
 * @param predictedAt the last step up to the playhead that asked the denoiser about it, 0 if none
 *     did
 * @param candidates the most probable tokens at that step, best first
 */
public record Inspection(
    String title, Cell cell, String why, int predictedAt, List<Candidate> candidates) {
  /**
   * A token that it could become.
   *
   * @param probability under the denoiser, in [0, 1]
   */
  public record Candidate(String text, float probability) {
    /** The probability for people, to three digits. */
    public String figure() {
      return String.format(Locale.ROOT, "%.3f", probability);
    }
  }

  /** Of the frame's selection, which must be a position. */
  public static Inspection of(Frame frame) {
    int position = frame.selection();
    Cell[] cells = Cells.at(frame.trace(), frame.plan(), frame.step());
    return new Inspection(
        "TOKEN " + position + " · STEP " + frame.step(),
        cells[position],
        new Reason(frame, cells).sentence(),
        predictedAt(frame),
        candidates(frame, predictedAt(frame)));
  }

  private static int predictedAt(Frame frame) {
    int step = frame.step();
    while (step > 0 && frame.trace().step(step - 1).decision().predicted()[frame.selection()] < 0) {
      step--;
    }
    return step;
  }

  private static List<Candidate> candidates(Frame frame, int step) {
    List<Candidate> found = new ArrayList<>();
    if (step > 0) {
      Candidates all = frame.trace().step(step - 1).candidates();
      List<String> vocabulary = frame.trace().header().vocabulary();
      int first = frame.selection() * all.perPosition();
      for (int i = first; i < first + all.perPosition(); i++) {
        int id = all.ids()[i];
        if (id >= 0 && id < vocabulary.size()) {
          found.add(new Candidate(Visible.text(vocabulary.get(id)), all.probabilities()[i]));
        }
      }
    }
    return List.copyOf(found);
  }
}
