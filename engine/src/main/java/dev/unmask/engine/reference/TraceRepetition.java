package dev.unmask.engine.reference;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Repeats this program's own traces with the models that they name. */
record TraceRepetition(ModelFolders models, int threads, SamplerPermission samplers) {
  /** Of a confidence: processors round differently. */
  private static final float TOLERANCE = 1e-3f;

  Outcome check(Path file) {
    String name = file.toString();
    try (StoredTrace trace = TraceFile.open(file)) {
      Optional<String> obstacle = obstacle(trace.header());
      if (obstacle.isPresent()) {
        return new Outcome.Unchecked(name, obstacle.get());
      }
      TraceHeader.Model made = trace.header().model();
      try (Model model = Model.open(models.recorded(made.name()), threads)) {
        if (!model.sha256().equals(made.sha256())) {
          return new Outcome.Unchecked(
              name, "it was made with another version of the model " + made.name());
        }
        return difference(trace, TokenRun.resume(RunModel.of(model), trace, 0, samplers))
            .<Outcome>map(where -> new Outcome.Differs(name, where))
            .orElseGet(() -> new Outcome.Equal(name));
      }
    } catch (RefusedSamplerException e) {
      return new Outcome.Unchecked(name, e.refusal().clause());
    }
  }

  private Optional<String> obstacle(TraceHeader header) {
    if (header.source().isPresent()) {
      return Optional.of("it was imported from " + header.source().get());
    }
    List<TraceHeader.Segment> segments = header.segments();
    if (segments.size() != 1 || !segments.getFirst().edits().isEmpty()) {
      return Optional.of("it is not one run from its start to its end");
    }
    if (!models.names().contains(header.model().name())) {
      return Optional.of("the model %s is not here".formatted(header.model().name()));
    }
    return Optional.empty();
  }

  private static Optional<String> difference(Trace trace, TokenRun run) {
    for (int step = 1; step <= trace.steps(); step++) {
      if (run.finished()) {
        return Optional.of("step %d: it was recorded, but the run has ended".formatted(step));
      }
      StepRecord came = run.step();
      StepRecord recorded = trace.step(step - 1);
      int number = step;
      Optional<String> found =
          Comparison.tokens(
                  step, recorded.decision().next().tokens(), came.decision().next().tokens())
              .or(() -> confidence(number, recorded, came))
              .or(() -> grounds(number, recorded, came));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A trace of a sampler that did not tell its grounds yet has none to be compared. */
  private static Optional<String> grounds(int step, StepRecord recorded, StepRecord came) {
    Grounds before = recorded.decision().grounds();
    Grounds now = came.decision().grounds();
    for (int i = 0; i < before.rules().length; i++) {
      if (before.rule(i) != now.rule(i)) {
        return Optional.of(
            "step %d, position %d: the rule %s decided, recorded %s"
                .formatted(step, i, word(now.rule(i)), word(before.rule(i))));
      }
      if (Math.abs(before.chance(i) - now.chance(i)) > TOLERANCE) {
        return Optional.of(
            "step %d, position %d: the chance was %s, recorded %s"
                .formatted(step, i, now.chance(i), before.chance(i)));
      }
    }
    return Optional.empty();
  }

  private static String word(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> confidence(int step, StepRecord recorded, StepRecord came) {
    float[] before = recorded.decision().confidence();
    float[] now = came.decision().confidence();
    for (int i = 0; i < before.length; i++) {
      Optional<String> found = Comparison.confidence(step, i, before[i], now[i], TOLERANCE);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
