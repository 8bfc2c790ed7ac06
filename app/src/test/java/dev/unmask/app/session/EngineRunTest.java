package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class EngineRunTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(Fault.class.getName());

  private final List<Runnable> later = new ArrayList<>();

  @Test
  void saysWhichModelIsBeingRead() {
    Run run =
        new EngineRun(
            RunRequest.EXAMPLE,
            Optional.empty(),
            name -> null,
            EngineRunTest::nowhere,
            SamplerPermission.NONE,
            later::add);
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.LOADING);
    assertThat(run.progress().sentence()).contains(RunRequest.EXAMPLE.model());
  }

  @Test
  void aMistakeEndsItWithItsSentence() {
    Run run =
        finished(
            name -> {
              throw new InputException("There is no model " + name + ".");
            });
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence())
        .isEqualTo("There is no model " + RunRequest.EXAMPLE.model() + ".");
    assertThat(run.problem().orElseThrow().field()).contains("model");
  }

  @Test
  void aFaultOfTheProgramEndsItToo() {
    LOG.setLevel(Level.OFF);
    Run run =
        finished(
            name -> {
              throw new IllegalStateException("broken");
            });
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.FAILED);
    assertThat(run.progress().sentence()).contains("fault in the program", "broken");
  }

  @Test
  void aCancelledRunLoadsNothingAndStaysCancelled() {
    var loads = new AtomicInteger();
    var run =
        new EngineRun(
            RunRequest.EXAMPLE,
            Optional.empty(),
            name -> {
              loads.incrementAndGet();
              throw new InputException("This comes too late.");
            },
            EngineRunTest::nowhere,
            SamplerPermission.NONE,
            later::add);
    run.cancel();
    later.forEach(Runnable::run);
    assertThat(loads).hasValue(0);
    assertThat(run.progress().phase()).isEqualTo(Run.Phase.CANCELLED);
    assertThat(run.progress().sentence()).startsWith("Cancelled after 0 steps");
  }

  private static Path nowhere(Beginning beginning) {
    throw new AssertionError("Nothing is recorded before there is a model.");
  }

  private static Run finished(Function<String, Model> models) {
    var run =
        new EngineRun(
            RunRequest.EXAMPLE,
            Optional.empty(),
            models,
            EngineRunTest::nowhere,
            SamplerPermission.NONE,
            Runnable::run);
    run.proceed();
    return run;
  }
}
