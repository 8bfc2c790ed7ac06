package dev.unmask.app.cli;

import dev.unmask.app.export.PictureFile;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.images.ImageGrid;
import dev.unmask.engine.WholeFile;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.ImageHeader;
import dev.unmask.engine.trace.ImageRecorder;
import dev.unmask.engine.trace.ImageTrace;
import dev.unmask.engine.trace.ImageTraceFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
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
    Stream.of(trace, picture).flatMap(Optional::stream).forEach(WholeFile::check);
  }

  /** Takes a run to its end; what was done is kept if the program is told to end before. */
  void play(ImageRun run) {
    try (ProgressLine progress = ProgressLine.on(err)) {
      trace.ifPresentOrElse(
          file -> record(file, run, progress), () -> take(run, () -> {}, progress));
      paint(run.trace());
    }
  }

  private void record(Path file, ImageRun run, ProgressLine progress) {
    try (ImageRecorder recorder = ImageRecorder.create(file, run.trace())) {
      try {
        take(run, recorder::record, progress);
      } finally {
        recorder.finish();
        say("All steps are in %s.".formatted(file));
      }
    }
  }

  private void take(ImageRun run, Runnable taken, ProgressLine progress) {
    long started = System.nanoTime();
    int first = run.next();
    while (!run.isFinished() && !progress.cancelled()) {
      run.step();
      taken.run();
      progress.done(run.next() - first, run.steps() - first);
    }
    progress.clear();
    say(summary(run.trace(), (System.nanoTime() - started) / 1e6));
  }

  private static String summary(ImageTrace trace, double milliseconds) {
    ImageHeader header = trace.header();
    BatchShape shape = header.shape();
    return String.format(
        Locale.ROOT,
        "%s on %s · %s of %d × %d · %s noise · steps %d · NFE %d · seed %d · %.1f ms a step · %.2f s",
        header.sampler(),
        header.model().name(),
        count(shape),
        shape.width(),
        shape.height(),
        header.process(),
        trace.steps(),
        trace.evaluations(trace.steps() - 1),
        header.seed(),
        milliseconds / trace.steps(),
        milliseconds / 1000);
  }

  /** Of images, in words. */
  static String count(BatchShape shape) {
    return shape.images() == 1 ? "1 image" : shape.images() + " images";
  }

  /** Writes what was asked for. */
  void keep(ImageTrace done) {
    trace.ifPresent(
        file -> {
          ImageTraceFile.write(file, done);
          say("All steps are in %s.".formatted(file));
        });
    paint(done);
  }

  private void paint(ImageTrace done) {
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
