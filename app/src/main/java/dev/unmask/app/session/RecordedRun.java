package dev.unmask.app.session;

import dev.unmask.app.picture.History;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A run that ended long ago, read from its file. */
final class RecordedRun implements Run {
  private final Path file;
  private final SamplerPermission samplers;
  private final Work<Read> reading = new Work<>();

  /**
   * Nothing is read before {@link #read} is called.
   *
   * @param samplers those of people's own that may be run
   */
  RecordedRun(Path file, SamplerPermission samplers) {
    this.file = file;
    this.samplers = samplers;
  }

  /** What the file holds. */
  private record Read(History history, List<RunRequest> madeWith) {}

  /** Reads it; its file stays mapped as long as somebody looks at it, on whichever thread. */
  void read(Executor thread) {
    reading.start(
        thread,
        tell -> {
          History history = History.of(Conversion.open(file, Arena.ofAuto()), samplers);
          tell.accept(new Read(history, RunRequest.all(history.trace())));
        });
  }

  @Override
  public Progress progress() {
    String problem = reading.problem();
    if (!problem.isEmpty()) {
      return new Progress(Phase.FAILED, Optional.empty(), problem);
    }
    return reading
        .value()
        .map(read -> new Progress(Phase.FINISHED, Optional.of(read.history), ""))
        .orElseGet(
            () ->
                new Progress(
                    Phase.LOADING, Optional.empty(), "Reading " + file.getFileName() + " …"));
  }

  @Override
  public Optional<Problem> problem() {
    return Optional.of(reading.problem())
        .filter(sentence -> !sentence.isEmpty())
        .map(
            sentence ->
                new Problem(
                    sentence, Optional.empty(), Optional.of(new Problem.Remedy.AnotherTrace())));
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(file);
  }

  @Override
  public Optional<RunRequest> again() {
    return madeWith().stream().findFirst();
  }

  @Override
  public List<RunRequest> madeWith() {
    return reading.value().map(Read::madeWith).orElse(List.of());
  }

  /** It ended long ago. */
  @Override
  public void cancel() {}
}
