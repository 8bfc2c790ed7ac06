package dev.unmask.app.export;

import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** An export that goes on beside the window; any thread may ask how far it is. */
public final class ExportTask implements ExportProgress {
  private final long start = System.nanoTime();
  private volatile int done;
  private volatile int all = 1;
  private volatile boolean cancelled;
  private volatile boolean ended;

  /**
   * Starts one.
   *
   * @param step that is shown: a picture that stands still is of it
   * @param pair the run and what it is compared with
   * @param file of the trace, if it has one
   * @param told how it went, in a sentence
   */
  public static ExportTask start(
      History history,
      int step,
      Optional<RunPair> pair,
      Optional<Path> file,
      ExportSettings settings,
      Path out,
      Consumer<String> told) {
    var task = new ExportTask();
    Thread.ofPlatform()
        .name("exporting")
        .daemon()
        .start(
            () ->
                Work.attempt(
                    () -> told.accept(task.write(history, step, pair, file, settings, out)), told));
    return task;
  }

  /** Says how it went. */
  private String write(
      History history,
      int step,
      Optional<RunPair> pair,
      Optional<Path> file,
      ExportSettings settings,
      Path out) {
    try {
      TraceSource source =
          file.filter(Files::isRegularFile)
              .map(TraceSource::of)
              .orElse(new TraceSource(file.map(RecentRuns::name).orElse("run"), ""));
      ExportSettings chosen = ExportFormats.of(out).still() ? settings.only(step) : settings;
      var subject = ExportSubject.tokens(history, chosen, pair);
      int frames = new Export(subject, source).write(out, false, this);
      return ExportFormats.of(out).still()
          ? "Step %d is in %s.".formatted(step, out)
          : "%d frames are in %s.".formatted(frames, out);
    } catch (CancellationException e) {
      return "The export was cancelled.";
    } finally {
      ended = true;
    }
  }

  @Override
  public void done(int pictures, int ofAll) {
    done = pictures;
    all = ofAll;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /** Whether it goes on no longer. */
  public boolean ended() {
    return ended;
  }

  /** How much of it is done, in [0, 1]. */
  double share() {
    return (double) done / all;
  }

  /** How far it is, and how long it may still take. */
  String words() {
    if (done == 0) {
      return "painting …";
    }
    double seconds = (System.nanoTime() - start) / 1e9 / done * (all - done);
    return "%d of %d, about %.0f s left".formatted(done, all, Math.ceil(seconds));
  }
}
