package dev.unmask.engine.tensor;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the tiles of one operation on a fixed set of threads, the caller's among them. Tiles are cut
 * by shape and write to places of their own, so the results do not depend on who ran which tile.
 */
final class Tiles implements AutoCloseable {
  /** One operation, cut into tiles. */
  @FunctionalInterface
  interface Work {
    /**
     * Computes a tile.
     *
     * @param lane the thread that runs it, in [0, threads): the owner of scratch memory
     */
    void run(int tile, int lane);
  }

  /** A round of tiles being handed out. */
  private static final class Round {
    final Work work;
    final int count;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    final Thread caller = Thread.currentThread();
    volatile Throwable failure;

    Round(Work work, int count) {
      this.work = work;
      this.count = count;
    }

    void takeTiles(int lane) {
      for (int tile = next.getAndIncrement(); tile < count; tile = next.getAndIncrement()) {
        try {
          work.run(tile, lane);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          if (finished.incrementAndGet() == count) {
            LockSupport.unpark(caller);
          }
        }
      }
    }
  }

  /** How often a thread looks again before it parks: some tens of microseconds. */
  private static final int SPINS = 2_000;

  private final Thread[] workers;
  private volatile Round current;
  private volatile boolean closed;

  Tiles(int threads) {
    workers = new Thread[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      int lane = i + 1;
      workers[i] = Thread.ofPlatform().daemon().name("tiles-" + lane).start(() -> work(lane));
    }
  }

  /** How many threads there are, the caller's among them. */
  int threads() {
    return workers.length + 1;
  }

  /** Runs tiles 0 to count − 1 and returns when all are done. */
  synchronized void run(int count, Work work) {
    if (count == 1 || workers.length == 0) {
      for (int tile = 0; tile < count; tile++) {
        work.run(tile, 0);
      }
      return;
    }
    Round round = new Round(work, count);
    current = round;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
    round.takeTiles(0);
    for (int spins = 0; round.finished.get() < count; spins++) {
      pause(spins);
    }
    if (round.failure != null) {
      throw new IllegalStateException("a tile failed", round.failure);
    }
  }

  private void work(int lane) {
    Round seen = null;
    for (int spins = 0; !closed; spins++) {
      Round round = current;
      if (round != seen) {
        round.takeTiles(lane);
        seen = round;
        spins = 0;
      } else {
        pause(spins);
      }
    }
  }

  /** Spins at first and then parks, so that a machine with other work loses nothing by it. */
  private void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread worker : workers) {
      LockSupport.unpark(worker);
    }
  }
}
