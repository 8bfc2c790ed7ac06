package dev.unmask.app.cli;

import dev.unmask.app.export.PictureFile;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.images.ImageGrid;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Where images go, and what is said of them.
 *
 * @param trace the file of all steps
 * @param picture the file of the last images
 */
record ImageOutput(Optional<Path> trace, Optional<Path> picture, PrintWriter out, PrintWriter err) {
  private static final int ZOOM = 4;

  /** Checks the files before anything is computed. */
  ImageOutput {
    picture.ifPresent(PictureFile::check);
    Stream.of(trace, picture).flatMap(Optional::stream).forEach(AtomicFile::check);
  }

  /** Takes a run to its end; what was done is kept if the program is told to end before. */
  void play(ImageRun run) {
    try (ProgressLine progress = ProgressLine.on(err)) {
      trace.ifPresentOrElse(
          file -> record(file, run, progress), () -> take(run, _ -> {}, progress));
      paint(run.trace());
    }
  }

  private void record(Path file, ImageRun run, ProgressLine progress) {
    try (var recorder = TraceRecorder.create(file, run.trace())) {
      try {
        take(run, recorder::append, progress);
      } finally {
        recorder.finish();
        say("All steps are in %s.".formatted(file));
      }
    }
  }

  private void take(ImageRun run, Consumer<ImageRecord> taken, ProgressLine progress) {
    long started = System.nanoTime();
    int before = run.trace().steps();
    while (!run.finished() && !progress.cancelled()) {
      taken.accept(run.step());
      progress.done(run.trace().steps(), run.plannedSteps());
    }
    progress.clear();
    int steps = run.trace().steps() - before;
    say(summary(run.trace(), steps, (System.nanoTime() - started) / 1e6));
  }

  /** Of a run of which so many steps were taken now; a branch has its parent's besides. */
  private static String summary(
      Trace<BatchState, ImageRecord> trace, int steps, double milliseconds) {
    TraceHeader header = trace.header();
    BatchShape shape = header.images().shape();
    int last = trace.steps();
    return String.format(
        Locale.ROOT,
        "%s on %s · %s of %d × %d · %s noise · steps %d · NFE %d · seed %d%s",
        header.segments().getLast().sampler(),
        header.model().name(),
        count(shape),
        shape.width(),
        shape.height(),
        header.noise(),
        last,
        last == 0 ? 0 : trace.step(last - 1).evaluations(),
        header.seedAt(last),
        steps == 0 ? "" : cost(steps, milliseconds));
  }

  private static String cost(int steps, double milliseconds) {
    return String.format(
        Locale.ROOT, " · %.1f ms a step · %.2f s", milliseconds / steps, milliseconds / 1000);
  }

  /** Of images, in words. */
  static String count(BatchShape shape) {
    return shape.images() == 1 ? "1 image" : shape.images() + " images";
  }

  /** Writes what was asked for. */
  void keep(Trace<BatchState, ImageRecord> done) {
    trace.ifPresent(
        file -> {
          TraceFile.write(file, done);
          say("All steps are in %s.".formatted(file));
        });
    paint(done);
  }

  private void paint(Trace<BatchState, ImageRecord> done) {
    picture.ifPresent(
        file -> {
          var last = new ImageFrame(done, done.steps(), done.steps(), 0);
          PictureFile.write(file, ImageGrid.of(last, ZOOM));
          say("What came last is painted in %s.".formatted(file));
        });
    if (trace.isEmpty() && picture.isEmpty()) {
      say("Nothing is kept; --trace FILE keeps all steps.");
    }
  }

  /** Prints a line. */
  void say(String line) {
    out.println(line);
    out.flush();
  }
}
