package dev.unmask.app.cli;

import dev.unmask.app.Stopwatch;
import dev.unmask.engine.InputException;
import dev.unmask.engine.run.StepMachine;
import dev.unmask.engine.tensor.Kernels;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Takes runs to their ends, each recorded in a file that is thrown away.
 *
 * @param runs that count, of each setting
 * @param threads that the model computes on
 * @param peak multiply-adds a second of one core at its best
 */
record RunBenchmark(int runs, int threads, double peak) {
  /** One on this machine. */
  RunBenchmark(int runs, int threads) {
    this(runs, threads, Kernels.peak());
  }

  /**
   * A run that is still to be taken.
   *
   * @param made how many of what it makes it will have made
   * @param what that is: tokens, or images
   */
  record Begun(StepMachine<?, ?> run, int made, String what) {}

  /** What computes, in a line. */
  String kernels() {
    Kernels kernels = Kernels.here();
    return "kernels of %s, registers of %d bits; a core's peak is %.0f GFLOP/s%n"
        .formatted(kernels.name(), kernels.registerBits(), 2 * peak / 1e9);
  }

  /** The figures of one setting. */
  String measure(Supplier<Begun> begin) {
    cost(begin.get());
    return RunCost.lines(IntStream.range(0, runs).mapToObj(_ -> cost(begin.get())).toList());
  }

  /** The figures of two settings, whose runs take turns: what slows the machine slows both. */
  String compare(Supplier<Begun> a, Supplier<Begun> b) {
    cost(a.get());
    cost(b.get());
    List<RunCost> first = new ArrayList<>();
    List<RunCost> second = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      first.add(cost(a.get()));
      second.add(cost(b.get()));
    }
    return RunCost.lines(first, second);
  }

  private RunCost cost(Begun begun) {
    try {
      Path folder = Files.createTempDirectory("unmask-bench");
      Path file = folder.resolve("run.trace.safetensors");
      try {
        return recorded(begun.run(), begun, file);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(TraceRecorder.partOf(file));
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new InputException(
          "The run cannot be recorded (%s); make room for temporary files."
              .formatted(e.getMessage()),
          e);
    }
  }

  private <S, T extends StepRecord<S>> RunCost recorded(
      StepMachine<S, T> run, Begun begun, Path file) {
    Stopwatch whole = Stopwatch.started();
    double recording = 0;
    double slowest = 0;
    Stopwatch part = Stopwatch.started();
    try (var recorder = TraceRecorder.create(file, run.trace())) {
      recording += part.elapsed();
      while (!run.finished()) {
        part = Stopwatch.started();
        T step = run.step();
        slowest = Math.max(slowest, part.elapsed());
        part = Stopwatch.started();
        recorder.append(step);
        recording += part.elapsed();
      }
      part = Stopwatch.started();
      recorder.finish();
      recording += part.elapsed();
    }
    return new RunCost(
        run.trace().steps(),
        run.evaluations(),
        begun.made(),
        begun.what(),
        run.times(),
        recording,
        slowest,
        whole.busy(),
        run.multiplyAdds() / (threads * peak));
  }
}
