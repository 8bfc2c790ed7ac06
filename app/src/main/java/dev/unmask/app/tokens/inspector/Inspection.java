package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is told about the selected token at the playhead.
 *
 * @param title which token at which step
 * @param cell how it looks
 * @param why what happened to it and why, in a sentence or two
 * @param predictedAt the last step up to the playhead that asked the denoiser about it, 0 if none
 *     did
 * @param entropy of that step's prediction, in nats; NaN if none
 * @param candidates the most probable tokens at that step, best first
 */
public record Inspection(
    String title,
    Cell cell,
    String why,
    int predictedAt,
    double entropy,
    List<Candidate> candidates) {
  /**
   * A token that it could become.
   *
   * @param probability under the denoiser, in [0, 1]
   * @param chosen whether it is x̂0, the one that the sampler took
   */
  public record Candidate(String text, float probability, boolean chosen) {
    /** The probability for people, to three digits. */
    public String figure() {
      return String.format(Locale.ROOT, "%.3f", probability);
    }
  }

  /** Of the frame's selection, which must be a position. */
  public static Inspection of(Frame frame) {
    int position = frame.selection();
    int asked = predictedAt(frame);
    String phase = frame.phase() == Phase.PREDICTED ? ", PREDICTED" : "";
    return new Inspection(
        "TOKEN " + position + " · STEP " + frame.step() + phase,
        Cell.at(frame.moment(), position, frame.trace().header()),
        Reason.of(frame).sentence() + breaches(frame),
        asked,
        frame.history().moment(asked).entropy()[position],
        candidates(frame, asked));
  }

  /** For a tooltip: which token it is, and why it is as it is. */
  public String summary() {
    String text = Visible.text(cell.text());
    return "%s · %s\n%s".formatted(title, text.isEmpty() ? "[MASK]" : text, why);
  }

  /** " Breach: the committed token at position 3 was changed.", where the step broke something. */
  private static String breaches(Frame frame) {
    return frame
        .moment()
        .ownBreaches()
        .filter(breach -> breach.position() == frame.selection())
        .map(breach -> " Breach: %s.".formatted(breach.sentence()))
        .collect(Collectors.joining());
  }

  private static int predictedAt(Frame frame) {
    int step = frame.step();
    while (step > 0 && frame.history().moment(step).decision().predicted()[frame.selection()] < 0) {
      step--;
    }
    return step;
  }

  private static List<Candidate> candidates(Frame frame, int step) {
    List<Candidate> found = new ArrayList<>();
    if (step > 0) {
      Candidates all = frame.trace().step(step - 1).candidates();
      TraceHeader header = frame.trace().header();
      int predicted = frame.history().moment(step).decision().predicted()[frame.selection()];
      int first = frame.selection() * all.perPosition();
      for (int i = first; i < first + all.perPosition(); i++) {
        int id = all.ids()[i];
        if (id >= 0) {
          String text = Visible.text(header.tokens().text(id));
          found.add(new Candidate(text, all.probabilities()[i], id == predicted));
        }
      }
    }
    return List.copyOf(found);
  }
}
