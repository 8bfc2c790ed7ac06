package dev.unmask.app.export;

import dev.unmask.app.session.Work;
import java.nio.file.Path;
import java.util.function.Consumer;

/** An export of what a window shows, to be done beside it. */
public record ExportTask(Exhibit exhibit, ExportSettings settings, Path out)
    implements Work.Job<ExportTask.Progress> {
  /**
   * How far it is.
   *
   * @param done of all pictures, how many are written
   * @param seconds that it has taken
   * @param outcome what came of it, in a sentence; empty until it has ended
   */
  public record Progress(int done, int all, double seconds, String outcome) {
    /** In [0, 1]. */
    double share() {
      return (double) done / all;
    }

    /** How far it is, and how long it may still take. */
    String words() {
      double left = seconds / done * (all - done);
      return "%d of %d, about %.0f s left".formatted(done, all, Math.ceil(left));
    }
  }

  @Override
  public void run(Consumer<Progress> tell) {
    long start = System.nanoTime();
    int frames =
        new Export(exhibit.subject(settings), exhibit.source())
            .write(
                out, false, (done, all) -> tell.accept(new Progress(done, all, since(start), "")));
    String outcome =
        ExportFormats.of(out).still()
            ? "Step %d is in %s.".formatted(settings.from(), out)
            : frames == 1
                ? "1 frame is in %s.".formatted(out)
                : "%d frames are in %s.".formatted(frames, out);
    tell.accept(new Progress(frames, frames, since(start), outcome));
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
