package dev.unmask.engine.check;

import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import java.util.List;

/**
 * A thing that goes wrong in runs, and how it is seen in a trace. It keeps nothing itself: what
 * must be remembered from step to step is in a {@link Watch}. It says what is sure enough: by
 * chance alone a healthy run gives a finding with a probability of at most {@link Chance#RARE}.
 */
public interface Check {
  /** A word in lower case; as a breakpoint it stops there. */
  String name();

  /** What it looks for, in words that follow its name. */
  String looksFor();

  /** When it cannot tell, as a sentence. */
  String limits();

  /** Begins with the first step of a run of tokens. */
  Watch<Moment> tokens();

  /** Begins with the first step of a run of images. */
  default Watch<Picture> images() {
    return _ -> List.of();
  }

  /**
   * Asked of every step of one run, in their order.
   *
   * @param <M> a step that was taken
   */
  interface Watch<M> {
    /** What shows with this step. */
    List<Finding> after(M moment);
  }

  /**
   * A step of images that was taken.
   *
   * @param index of the step, from 0
   */
  record Picture(Trace<BatchState, ImageRecord> trace, int index) {}
}
