package dev.unmask.app.export;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Paints and encodes pictures on several threads and writes them in their order. So few are under
 * way at a time that memory does not depend on how many there are.
 *
 * @param threads that paint and encode
 */
record Pipeline(int threads) {
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

  /** On all cores. */
  static Pipeline onAllCores() {
    return new Pipeline(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Makes {@code count} pictures.
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
      Future<Picture> before = null;
      int written = 0;
      for (int i = 0; i < count || !underWay.isEmpty(); ) {
        if (i < count && underWay.size() <= threads) {
          int index = i++;
          Future<Picture> previous = before;
          Future<Picture> picture = pool.submit(() -> paint.apply(index));
          // The pool takes tasks in order: what is waited for has begun.
          underWay.add(
              pool.submit(
                  () ->
                      encoder.encode(
                          index, previous == null ? null : previous.get(), picture.get())));
          before = picture;
        } else {
          sink.write(written, result(underWay.remove()));
          written++;
          progress.done(written, count);
        }
      }
    } finally {
      pool.shutdownNow();
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
