package dev.unmask.app.cli;

import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs samplers on a model, each run recorded in a file that is thrown away.
 *
 * @param runs that count, of each setting
 */
record SamplerBenchmark(Model model, int runs) {
  /** The figures of one setting. */
  String measure(RunRequest request) {
    run(request);
    return RunCost.lines(IntStream.range(0, runs).mapToObj(_ -> run(request)).toList());
  }

  /** The figures of two settings, whose runs take turns: what slows the machine slows both. */
  String compare(RunRequest a, RunRequest b) {
    run(a);
    run(b);
    List<RunCost> first = new ArrayList<>();
    List<RunCost> second = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      first.add(run(a));
      second.add(run(b));
    }
    return RunCost.lines(first, second);
  }

  private RunCost run(RunRequest request) {
    TokenRun run = request.start(model, SamplerPermission.named(request.sampler()));
    int tokens = free(run.state());
    try {
      Path folder = Files.createTempDirectory("unmask-bench");
      Path file = folder.resolve("run.trace.safetensors");
      try {
        long recording = record(run, file);
        return new RunCost(run.trace().steps(), run.evaluations(), tokens, run.times(), recording);
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

  /** Nanoseconds that recording took. */
  private static long record(TokenRun run, Path file) {
    long started = System.nanoTime();
    try (var recorder = TraceRecorder.create(file, run.trace())) {
      long recording = System.nanoTime() - started;
      while (!run.finished()) {
        var step = run.step();
        started = System.nanoTime();
        recorder.append(step);
        recording += System.nanoTime() - started;
      }
      started = System.nanoTime();
      recorder.finish();
      return recording + System.nanoTime() - started;
    }
  }

  /** How many positions are the sampler's to write. */
  private static int free(TokenState start) {
    return (int)
        IntStream.range(0, start.length()).filter(i -> !Mark.given(start.marks()[i])).count();
  }
}
