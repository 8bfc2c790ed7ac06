package dev.unmask.app.session;

import dev.unmask.app.picture.History;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A run that ended long ago, read from its file. */
final class RecordedRun implements Run {
  private final Path file;
  private final SamplerPermission samplers;
  private volatile Progress progress;
  private volatile List<RunRequest> madeWith = List.of();

  /**
   * Nothing is read before {@link #read} is called.
   *
   * @param samplers those of people's own that may be run
   */
  RecordedRun(Path file, SamplerPermission samplers) {
    this.file = file;
    this.samplers = samplers;
    progress =
        new Progress(Phase.LOADING, Optional.empty(), "Reading " + file.getFileName() + " …");
  }

  /** Reads it; its file stays mapped as long as somebody looks at it, on whichever thread. */
  void read() {
    Work.attempt(
        () -> {
          History history = History.of(Conversion.open(file, Arena.ofAuto()), samplers);
          madeWith = RunRequest.all(history.trace());
          progress = new Progress(Phase.FINISHED, Optional.of(history), "");
        },
        problem -> progress = new Progress(Phase.FAILED, Optional.empty(), problem));
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(file);
  }

  @Override
  public Optional<RunRequest> again() {
    return madeWith.stream().findFirst();
  }

  @Override
  public List<RunRequest> madeWith() {
    return madeWith;
  }

  /** It ended long ago. */
  @Override
  public void cancel() {}
}
