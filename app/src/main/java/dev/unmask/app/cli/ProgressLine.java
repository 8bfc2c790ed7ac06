package dev.unmask.app.cli;

import dev.unmask.app.export.ExportProgress;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How far an export is, in one line of a terminal that is written over; nothing where the program
 * does not write to a terminal. When the program is told to end, the export ends first, so that it
 * leaves nothing half written.
 */
final class ProgressLine implements ExportProgress, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long LONGEST_FAREWELL = 5;

  private final Terminal out;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread farewell = new Thread(this::end, "export-farewell");
  private volatile boolean cancelled;

  private ProgressLine(Terminal out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static ProgressLine on(PrintWriter out) {
    var console = System.console();
    var line = new ProgressLine(Terminal.of(out), console != null && console.isTerminal());
    Runtime.getRuntime().addShutdownHook(line.farewell);
    return line;
  }

  @Override
  public void done(int pictures, int all) {
    if (terminal) {
      int filled = WIDTH * pictures / all;
      double seconds = (System.nanoTime() - start) / 1e9 / pictures * (all - pictures);
      String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
      out.control(
          "\r%s %d of %d, about %.0f s left  ".formatted(bar, pictures, all, Math.ceil(seconds)));
      out.flush();
    }
  }

  /** Whether the program was told to end. */
  boolean cancelled() {
    return cancelled;
  }

  /** Makes room for another line. */
  void clear() {
    if (terminal) {
      out.control("\r%s\r".formatted(" ".repeat(2 * WIDTH + 20)));
      out.flush();
    }
  }

  private void end() {
    cancelled = true;
    try {
      ended.await(LONGEST_FAREWELL, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!cancelled) {
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }
}
