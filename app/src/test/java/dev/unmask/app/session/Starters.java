package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.function.Function;

/** Starters of runs that only start. */
public final class Starters {
  private static final Path IMAGES = Path.of("..", "assets", "models", "images");
  private static final Path RUNS = Path.of("target", "image-runs");

  private static final Path NOWHERE = Path.of("none", "samplers.json");

  private Starters() {}

  public static RunStarter of(Function<RunRequest, Run> start) {
    return ofAny(beginning -> start.apply((RunRequest) beginning));
  }

  /** One that opens what was recorded, at once. */
  public static RunStarter ofRecorded() {
    return new Scripted(
        _ -> {
          throw new AssertionError("Nothing is started.");
        }) {
      @Override
      public Run open(Path file) {
        var run = new RecordedRun(file, SamplerPermission.NONE);
        run.read(Runnable::run);
        return run;
      }
    };
  }

  /** One whose models never answer. */
  public static RunStarter ofSilentModels(Function<RunRequest, Run> start) {
    return new Scripted(beginning -> start.apply((RunRequest) beginning)) {
      @Override
      public <T> void ask(Work<T> work, String model, Question<T> question) {
        // It is asked, and thinks.
      }
    };
  }

  /** One that opens files as runs that are never read. */
  public static RunStarter ofFiles(Function<RunRequest, Run> start, Consumer<Path> opened) {
    return new Scripted(beginning -> start.apply((RunRequest) beginning)) {
      @Override
      public Run open(Path file) {
        opened.accept(file);
        return new ScriptedRun();
      }
    };
  }

  public static RunStarter ofAny(Function<Beginning, Run> start) {
    return new Scripted(start);
  }

  private static class Scripted implements RunStarter {
    private final AllowedSamplers samplers = new AllowedSamplers(NOWHERE, _ -> {});
    private final Function<Beginning, Run> start;

    Scripted(Function<Beginning, Run> start) {
      this.start = start;
    }

    @Override
    public AllowedSamplers samplers() {
      return samplers;
    }

    @Override
    public Run start(Beginning beginning) {
      return start.apply(beginning);
    }

    @Override
    public <T> void ask(Work<T> work, String model, Question<T> question) {
      throw new AssertionError("No model is asked.");
    }

    @Override
    public ImageWork images() {
      return new ImageWork(
          new ModelFolders(IMAGES), Runnable::run, new RunFolder(RUNS, LocalDateTime::now));
    }

    @Override
    public Run open(Path file) {
      throw new AssertionError("Nothing is opened.");
    }
  }
}
