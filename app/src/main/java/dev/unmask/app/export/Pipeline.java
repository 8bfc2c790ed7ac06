package dev.unmask.app.export;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Paints and encodes pictures on several threads, ahead of whoever takes them, and hands them over
 * in their order. So few are under way at a time that memory does not depend on how many there are.
 *
 * @param threads that paint and encode
 */
record Pipeline(int threads) {
  /**
   * Bytes that a thread's pictures have of each pixel: two of them under way, painted, mixed with
   * the next and encoded; and two that were painted before and may be asked for again.
   */
  private static final long PIXEL = 2 * 12 + 2 * 4;

  /** Encodes a picture, given the one before; that is null before the first. */
  @FunctionalInterface
  interface Encoder<T> {
    T encode(int index, Picture before, Picture picture);
  }

  /** Takes what was encoded, in order, on one thread. */
  @FunctionalInterface
  interface Sink<T> {
    void write(int index, T encoded) throws IOException;
  }

  /** On all cores, or on as many as half of the heap has room for. */
  static Pipeline onAllCores(PictureSize size) {
    Runtime machine = Runtime.getRuntime();
    return new Pipeline(threads(machine.availableProcessors(), size, machine.maxMemory() / 2));
  }

  /** How many threads have room for their pictures, at most as many as there are cores. */
  static int threads(int cores, PictureSize size, long room) {
    return Math.clamp(room / (PIXEL * size.width() * size.height()), 1, cores);
  }

  /** How many pictures are painted, encoded and not yet written, at most. */
  int ahead() {
    return 2 * threads;
  }

  /**
   * Makes {@code count} pictures. When this returns, however it does, nothing is painted any more;
   * where several pictures cannot be made, the first of them is told.
   *
   * @throws CancellationException if the thread is interrupted
   */
  <T> void run(
      int count,
      IntFunction<Picture> paint,
      Encoder<T> encoder,
      Sink<T> sink,
      ExportProgress progress)
      throws IOException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("export-", 0).factory());
    try {
      Deque<Future<T>> underWay = new ArrayDeque<>();
      CompletableFuture<Picture> before = CompletableFuture.completedFuture(null);
      int begun = 0;
      for (int written = 0; written < count; ) {
        if (begun < count && underWay.size() < ahead()) {
          int index = begun++;
          var picture = CompletableFuture.supplyAsync(() -> paint.apply(index), pool);
          // Whichever is painted last goes on to encode, so that no thread waits for another.
          underWay.add(before.thenCombine(picture, (old, now) -> encoder.encode(index, old, now)));
          before = picture;
        } else {
          sink.write(written, result(underWay.remove()));
          written++;
          progress.done(written, count);
        }
      }
    } finally {
      pool.shutdownNow();
      pool.close();
    }
  }

  private static <T> T result(Future<T> future) {
    // What is done already is got without a look at that.
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The export was interrupted.");
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The export was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException("A picture could not be made.", e.getCause());
    }
  }
}
