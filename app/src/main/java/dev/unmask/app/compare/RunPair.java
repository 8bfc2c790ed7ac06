package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.engine.trace.Divergence;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two runs beside each other, at every step of the left one, compared once for all pictures.
 *
 * @param rightSteps the right run's step that is shown with each of the left
 * @param differing the positions that differ then, ascending
 * @param differingAtEnd how many positions differ in the last states, whatever is shown together
 * @param first where they part, step by step
 */
public record RunPair(
    History left,
    History right,
    List<Integer> rightSteps,
    List<int[]> differing,
    int differingAtEnd,
    Optional<Divergence> first) {
  /** Compares two runs as far as they are recorded. */
  public static RunPair of(History left, History right, Alignment alignment) {
    var comparison = new TraceComparison(left.trace(), right.trace());
    int[] aligned = alignment.rightSteps(comparison, left, right);
    List<Integer> steps = new ArrayList<>();
    List<int[]> differing = new ArrayList<>();
    for (int step = 0; step < aligned.length; step++) {
      int beside = Math.min(aligned[step], right.steps());
      steps.add(beside);
      differing.add(comparison.differing(step, beside));
    }
    return new RunPair(
        left,
        right,
        List.copyOf(steps),
        List.copyOf(differing),
        comparison.differing(aligned.length - 1, right.steps()).length,
        comparison.first());
  }

  /** The positions that differ at a step of the left run. */
  public int[] differingAt(int step) {
    return differing.get(Math.min(step, differing.size() - 1));
  }

  /** What the right run shows beside a frame of the left one. */
  public Frame beside(Frame frame) {
    int step = rightSteps.get(Math.min(frame.step(), rightSteps.size() - 1));
    boolean there = frame.selection() < right.trace().header().tokens().length();
    return Frame.of(right, step)
        .selecting(there ? frame.selection() : -1)
        .viewed(frame.view())
        .sized(frame.width(), frame.height());
  }

  /** How many positions the longer one has. */
  public int length() {
    return Math.max(
        left.trace().header().tokens().length(), right.trace().header().tokens().length());
  }

  /** How they differ, for people. */
  public String summary() {
    return "%d of %d tokens differ at the end · %s"
        .formatted(
            differingAtEnd,
            length(),
            first.map(Divergence::words).map("first divergence: "::concat).orElse("identical"));
  }

  /** A run in a line: sampler, steps, NFE and seed. */
  public static String words(Trace<TokenState, TokenRecord> trace) {
    String sampler =
        trace.header().segments().isEmpty()
            ? "unknown sampler"
            : trace.header().segments().getLast().sampler();
    int evaluations = trace.state(trace.steps()).evaluations();
    return "%s, %d steps, NFE %s, seed %s"
        .formatted(
            sampler,
            trace.steps(),
            evaluations < 0 ? "unknown" : evaluations,
            trace.header().random().equals("none") ? "unknown" : trace.header().seed());
  }
}
