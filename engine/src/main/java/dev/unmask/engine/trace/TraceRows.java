package dev.unmask.engine.trace;

import java.nio.file.Path;
import java.util.Set;

/**
 * How states and steps of a kind stand in the tensors of a trace: all that tells a trace of tokens
 * from one of images or of a training.
 *
 * @param <S> a state
 * @param <T> a step
 */
sealed interface TraceRows<S, T extends StepRecord<S>> permits TokenRows, ImageRows, TrainingRows {
  /** Those of a trace's states and steps. */
  @SuppressWarnings("unchecked") // the content says what the states are
  static <S, T extends StepRecord<S>> TraceRows<S, T> of(Trace<S, T> trace) {
    return (TraceRows<S, T>)
        switch (trace.header().content()) {
          case TraceHeader.Tokens _ -> new TokenRows();
          case TraceHeader.Images _ -> new ImageRows();
          case TraceHeader.Training _ -> new TrainingRows();
        };
  }

  /** The name of the tensor of states that each trace of the kind has, and none of another. */
  String states();

  /** The tensors of a trace, also of the steps that are still to come. */
  Columns<S, T> columns(Trace<S, T> trace);

  /** The columns that a step may leave empty. */
  Set<String> optional();

  /** Those of them that a step does not. */
  Set<String> told(T step);

  /**
   * Those of them that a finished trace does without.
   *
   * @param ever told by some step
   * @param missed not told by some step
   */
  Set<String> leftOut(Set<String> ever, Set<String> missed);

  /**
   * Checks tensors before they are believed.
   *
   * @throws dev.unmask.engine.InputException if they are no trace of the kind
   */
  Checked check(Path file, TraceTensors tensors);

  /** What a file was found to hold. */
  record Checked(TraceHeader header, int steps, Cells cells) {}

  /** Reads a state. */
  S state(TraceHeader header, Cells cells, int index);

  /** Reads a step, from 0. */
  T step(TraceHeader header, Cells cells, int index);
}
