package dev.unmask.app.window;

import dev.unmask.app.picture.History;
import dev.unmask.app.session.EngineRuns;
import dev.unmask.app.session.Home;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.sampler.Samplers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Measures the window on a trace: how soon it is seen, and how smoothly it is scrubbed. */
public final class WorkbenchBenchmark {
  private static final int MOVES = 900;
  private static final int WARM_UP = 120;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double MILLISECOND = 1e6;
  private static final double MEGABYTE = 1 << 20;

  private final Path trace;
  private final Session session;
  private final long[] busy = new long[WARM_UP + MOVES];
  private final long[] working = new long[WARM_UP + MOVES];
  private final CompletableFuture<Figures> figures = new CompletableFuture<>();
  private WorkbenchWindow window;
  private long opened;
  private double open;
  private int move;

  /**
   * What was measured.
   *
   * @param open milliseconds from asking for the trace until canvas and timeline show it
   * @param cpu99 milliseconds of a processor that the FX thread uses in a pulse of scrubbing,
   *     exceeded in one pulse of a hundred; what other programs do does not count
   * @param p50 milliseconds from the start to the end of a pulse of scrubbing, in the middle case
   * @param p99 the same, exceeded in one pulse of a hundred
   * @param heap megabytes that are in use after collecting what is not
   */
  public record Figures(double open, double cpu99, double p50, double p99, double heap) {
    /** One a line. */
    public String lines() {
      return String.format(
          Locale.ROOT,
          "cpu p99 %.2f ms%nopen %.0f ms%np50 %.2f ms%np99 %.2f ms%nheap %.0f MB%n",
          cpu99,
          open,
          p50,
          p99,
          heap);
    }
  }

  private WorkbenchBenchmark(Path trace, Path home) {
    this.trace = trace;
    var own = new Home(home);
    RunFolder runs = own.runs();
    session = new Session(new EngineRuns(new ModelFolders(home), runs, own.samplers(_ -> {})));
    Platform.startup(
        () -> {
          // Started before the window's own timer, so that its pulse begins first.
          pulses().start();
          var form = new RunViewModel(List.of(), _ -> Optional.empty(), Samplers.ALL, () -> 0);
          window = new WorkbenchWindow(new Stage(), session, form, runs, WindowState.FIRST);
          window.show();
        });
  }

  /**
   * Opens a window on a trace, scrubs through it and closes it.
   *
   * @param home an empty folder for what the window keeps
   */
  public static Figures measure(Path trace, Path home) {
    Figures measured = new WorkbenchBenchmark(trace, home).figures.join();
    Platform.exit();
    return measured;
  }

  private AnimationTimer pulses() {
    return new AnimationTimer() {
      @Override
      public void handle(long now) {
        if (window != null) {
          pulse();
        }
        if (move == busy.length) {
          stop();
          figures.complete(result());
        }
      }
    };
  }

  private void pulse() {
    if (opened == 0) {
      opened = System.nanoTime();
      session.open(trace);
    } else if (open > 0) {
      scrub();
    } else if (history().filter(window::shows).isPresent()) {
      open = (System.nanoTime() - opened) / MILLISECOND;
      session.selectionProperty().set(0);
    }
  }

  private Optional<History> history() {
    return session.progressProperty().get().flatMap(Run.Progress::history);
  }

  /** There and back, a few steps at a time; what runs next on this thread ends the pulse. */
  private void scrub() {
    int steps = session.playhead().headProperty().get();
    int place = move * 3 % (2 * steps);
    session.playhead().seek(place <= steps ? place : 2 * steps - place);
    int index = move++;
    long start = System.nanoTime();
    long worked = THREADS.getCurrentThreadCpuTime();
    Platform.runLater(
        () -> {
          busy[index] = System.nanoTime() - start;
          working[index] = THREADS.getCurrentThreadCpuTime() - worked;
        });
  }

  private static double percentile(long[] times, double share) {
    long[] sorted = Arrays.copyOfRange(times, WARM_UP, times.length - 1);
    Arrays.sort(sorted);
    return sorted[(int) (sorted.length * share)] / MILLISECOND;
  }

  private Figures result() {
    System.gc();
    Runtime memory = Runtime.getRuntime();
    return new Figures(
        open,
        percentile(working, 0.99),
        percentile(busy, 0.5),
        percentile(busy, 0.99),
        (memory.totalMemory() - memory.freeMemory()) / MEGABYTE);
  }
}
