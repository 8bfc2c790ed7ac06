package dev.unmask.engine.trace;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Records a run of tokens. */
public final class TraceRecorder extends Recorder<TokenState, StepRecord> {
  /** What no sampler told yet of its decisions. */
  private final Set<String> untold = new HashSet<>(Columns.GROUNDS);

  private TraceRecorder(Path file, TraceHeader header, TokenState first, int candidates) {
    super(file, HeaderJson.write(header), Columns.of(first, candidates), first);
  }

  /**
   * Starts to record.
   *
   * @param file where the finished trace will be; an older one is replaced only then
   * @param candidates K, kept at every position
   * @throws dev.unmask.engine.InputException if nothing can be written there, or another run is
   *     being recorded there
   */
  public static TraceRecorder create(
      Path file, TraceHeader header, TokenState first, int candidates) {
    return new TraceRecorder(file, header, first, candidates);
  }

  @Override
  public void append(StepRecord step) {
    super.append(step);
    untold.removeAll(step.decision().grounds().columns());
  }

  @Override
  TokenState next(StepRecord step) {
    return step.decision().next();
  }

  @Override
  Set<String> untold() {
    return untold;
  }
}
