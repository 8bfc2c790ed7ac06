package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.reference.Format;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.sampler.api.ImageSampler;
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
    String scheduler = run.path("scheduler").asText("");
    if (steps.isEmpty()) {
      return new Outcome.Unchecked(name, "none of its steps were recorded");
    }
    SchedulerConfig config = new SchedulerConfig(run.path("config"));
    Optional<String> unknown = config.unknown(file);
    Optional<ImageSampler> sampler =
        Schedulers.sampler(
            scheduler,
            config,
            Recording.floats(run.path("timesteps")),
            Recording.floats(run.path("sigmas")));
    if (sampler.isEmpty()) {
      return new Outcome.Unchecked(name, "nothing here does what this %s did".formatted(scheduler));
    }
    if (unknown.isPresent()) {
      return new Outcome.Unchecked(name, unknown.get());
    }
    int count = run.path("n_steps").asInt(steps.size());
    int start = sampler.get().steps() - count;
    if (count < 1 || start < 0 || !sampler.get().canStart(start)) {
      return new Outcome.Unreadable(
          name, "%s cannot end after %d steps; record it again.".formatted(name, count));
    }
    int size = run.path("cls").asText().contains("1D") ? 24 : 192;
    return new SchedulerLoop(scheduler, sampler.get(), told(scheduler, config, sampler.get()), size)
        .difference(count, steps, run.path("expected"))
        .<Outcome>map(where -> new Outcome.Differs(name, where))
        .orElseGet(() -> new Outcome.Equal(name));
  }

  private static ImageSampler told(String scheduler, SchedulerConfig config, ImageSampler sampler) {
    return scheduler.equals("ScoreSdeVeScheduler")
        ? Schedulers.predictorCorrector(config, config.trained(2000))
        : sampler;
  }
}
