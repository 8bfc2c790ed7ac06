package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.reference.Format;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runs of diffusers' schedulers that one file holds: that library's own tests, or others. */
public final class SchedulerRecordings implements Format {
  @Override
  public boolean recognises(Recording recording) {
    return recording.source().startsWith("huggingface/diffusers@")
        && !(recording.root().path("tests").isEmpty() && recording.root().path("runs").isEmpty());
  }

  @Override
  public List<Outcome> outcomes(Recording recording, int threads) {
    return Stream.of("tests", "runs")
        .flatMap(list -> recording.root().path(list).valueStream())
        .map(run -> outcome(recording.file().toString(), run))
        .toList();
  }

  private static Outcome outcome(String file, JsonNode run) {
    String test = run.path("file").asText("").replaceFirst(".*/", "");
    String name =
        file
            + "::"
            + (run.has("name")
                ? run.path("name").asText()
                : "%s::%s::%s"
                    .formatted(test, run.path("cls").asText(), run.path("test").asText()));
    try {
      return outcome(Path.of(file), name, run, run.path("steps"));
    } catch (InputException e) {
      return new Outcome.Unreadable(name, e.getMessage());
    }
  }

  private static Outcome outcome(Path file, String name, JsonNode run, JsonNode steps) {
    String called = run.path("scheduler").asText("");
    if (steps.isEmpty()) {
      return new Outcome.Unchecked(name, "none of its steps were recorded");
    }
    SchedulerConfig config = new SchedulerConfig(run.path("config"));
    Optional<String> unknown = config.unknown(file);
    Optional<Scheduler> known =
        Schedulers.named(
            called,
            config,
            Recording.floats(run.path("timesteps")),
            Recording.floats(run.path("sigmas")));
    if (known.isEmpty()) {
      return new Outcome.Unchecked(name, "nothing here does what this %s did".formatted(called));
    }
    if (unknown.isPresent()) {
      return new Outcome.Unchecked(name, unknown.get());
    }
    Scheduler scheduler = known.get();
    int count = run.path("n_steps").asInt(steps.size());
    int start = scheduler.sampler().steps() - count;
    if (count < 1 || start < 0 || !scheduler.sampler().canStart(start)) {
      return new Outcome.Unreadable(
          name, "%s cannot end after %d steps; record it again.".formatted(name, count));
    }
    int size = run.path("cls").asText().contains("1D") ? 24 : 192;
    return new SchedulerLoop(called, scheduler, size)
        .difference(count, steps, run.path("expected"))
        .<Outcome>map(where -> new Outcome.Differs(name, where))
        .orElseGet(() -> new Outcome.Equal(name));
  }
}
