package dev.unmask.app.fuzz;

import com.sun.management.ThreadMXBean;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Gives readers damaged inputs and looks at what comes of it. Input number N of a reader is always
 * the same, so that one that is told can be had again.
 */
final class Fuzzer implements AutoCloseable {
  private static final long SLOW = TimeUnit.SECONDS.toNanos(2);
  private static final long HUNG = 30;
  private static final long MUCH = 1L << 30;

  private final Path folder;
  private ExecutorService worker = worker();

  /** In this folder lie the inputs, and stay those that were too much for a reader. */
  Fuzzer(Path folder) {
    this.folder = folder;
  }

  /** What came of an input. */
  sealed interface Outcome {
    /** Read. */
    record Accepted() implements Outcome {}

    /** Not read, and told why in a sentence. */
    record Refused() implements Outcome {}

    /** Anything else. */
    record Other(String what) implements Outcome {}
  }

  /** How often what came of the inputs of a reader. */
  record Counts(String reader, long accepted, long refused, List<String> others) {
    @Override
    public String toString() {
      return "%-20s %9d accepted %9d refused %6d other"
          .formatted(reader, accepted, refused, others.size());
    }
  }

  /** Tries inputs {@code from} to {@code to − 1} of a reader. */
  Counts run(Reader reader, long from, long to) {
    long accepted = 0;
    long refused = 0;
    List<String> others = new ArrayList<>();
    for (long number = from; number < to; number++) {
      Reader.Seed input = input(reader, number);
      switch (outcome(reader, input)) {
        case Outcome.Accepted() -> accepted++;
        case Outcome.Refused() -> refused++;
        case Outcome.Other(String what) -> {
          others.add("%s %d: %s".formatted(reader.name(), number, what));
          keep(input, "%s-%d".formatted(reader.name(), number));
        }
      }
    }
    return new Counts(reader.name(), accepted, refused, others);
  }

  /** Input number N of a reader: the seeds as they are, and then damaged. */
  static Reader.Seed input(Reader reader, long number) {
    if (number < reader.seeds().size()) {
      return reader.seeds().get((int) number);
    }
    SplittableRandom random = new SplittableRandom(reader.name().hashCode() * 31L + number);
    Reader.Seed seed = Mutator.any(reader.seeds(), random);
    return new Reader.Seed(seed.file(), reader.mutator().apply(seed.bytes(), random));
  }

  /** What comes of an input; the time is the processor's, for machines have other things to do. */
  Outcome outcome(Reader reader, Reader.Seed input) {
    Path file = write(folder.resolve(reader.name()).resolve(input.file()), input.bytes());
    clearAside(file);
    Thread[] reading = new Thread[1];
    Future<Outcome> outcome =
        worker.submit(
            () -> {
              reading[0] = Thread.currentThread();
              return measured(reader, file);
            });
    try {
      return outcome.get(HUNG, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      String where = where(reading[0].getStackTrace());
      worker.shutdownNow();
      worker = worker();
      return new Outcome.Other("hangs at " + where);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static Outcome measured(Reader reader, Path file) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    Outcome outcome = read(reader, file);
    long took = threads.getCurrentThreadCpuTime() - start;
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    if (took > SLOW) {
      return new Outcome.Other("slow: %d ms".formatted(took / 1_000_000));
    }
    return bytes > MUCH ? new Outcome.Other("takes %d MB".formatted(bytes >> 20)) : outcome;
  }

  private static Outcome read(Reader reader, Path file) {
    try {
      reader.body().read(file);
      return new Outcome.Accepted();
    } catch (InputException e) {
      boolean told = e.getMessage() != null && !e.getMessage().isBlank();
      return told ? new Outcome.Refused() : new Outcome.Other("says nothing");
    } catch (Throwable e) {
      return new Outcome.Other(e + " at " + where(e.getStackTrace()));
    }
  }

  /** Where in the program. */
  private static String where(StackTraceElement... stack) {
    Optional<StackTraceElement> last = Arrays.stream(stack).findFirst();
    return last.map(StackTraceElement::toString).orElse("?")
        + Arrays.stream(stack)
            .filter(frame -> frame.getClassName().startsWith("dev.unmask"))
            .filter(frame -> !frame.getClassName().startsWith("dev.unmask.app.fuzz"))
            .limit(4)
            .map(frame -> " < " + frame.getFileName() + ":" + frame.getLineNumber())
            .collect(Collectors.joining());
  }

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was put aside of inputs before: whoever puts one aside looks for a name that is free. */
  private static void clearAside(Path file) {
    try (var aside = Files.newDirectoryStream(file.getParent(), file.getFileName() + ".bad*")) {
      for (Path one : aside) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(Reader.Seed input, String name) {
    write(
        Path.of("target", "fuzz").resolve(name).resolve(Path.of(input.file()).getFileName()),
        input.bytes());
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
