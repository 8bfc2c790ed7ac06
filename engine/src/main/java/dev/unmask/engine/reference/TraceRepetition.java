package dev.unmask.engine.reference;

import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.StepMachine;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Repeats this program's own traces with the models that they name. */
record TraceRepetition(ModelFolders models, int threads, SamplerPermission samplers) {
  /** Of a confidence or a chance that other kernels computed; ours have the same bits anywhere. */
  private static final float OTHER_KERNELS = 1e-4f;

  /** The same of a value of an image, or of its size where that is more than 1. */
  private static final float OTHER_KERNELS_PIXEL = 1e-3f;

  /**
   * How what was recorded is compared with what came.
   *
   * @param <S> a state
   * @param <T> a step
   */
  private interface Differences<S, T> {
    /** The first of a state, in words. */
    Optional<String> ofState(int step, S recorded, S came);

    /** The first of what else is recorded of a step, in words. */
    Optional<String> ofStep(int step, T recorded, T came);
  }

  Outcome check(Path file) {
    try {
      if (TraceKind.TRAININGS.is(file)) {
        return training(file);
      }
      return TraceKind.IMAGES.is(file) ? images(file) : tokens(file);
    } catch (RefusedSamplerException e) {
      return new Outcome.Unchecked(file.toString(), e.refusal().clause());
    }
  }

  private Outcome tokens(Path file) {
    String name = file.toString();
    try (var trace = TraceKind.TOKENS.open(file)) {
      TraceHeader.Model made = trace.header().model();
      Optional<String> obstacle =
          obstacleOfTokens(trace.header()).or(() -> absence(models, made.name()));
      if (obstacle.isPresent()) {
        return new Outcome.Unchecked(name, obstacle.get());
      }
      try (Model model = Model.open(models.recorded(made.name()), threads)) {
        if (!model.sha256().equals(made.sha256())) {
          return new Outcome.Unchecked(
              name, "it was made with another version of the model " + made.name());
        }
        TokenRun run = TokenRun.resume(RunModel.of(model), trace, 0, samplers);
        // The run's header is the trace's, and says nothing of kernels where a card repeats it.
        float tolerance = run.trace().header().sameKernels() ? 0 : OTHER_KERNELS;
        return outcome(name, trace, run, new OfTokens(tolerance));
      }
    }
  }

  private static Optional<String> obstacleOfTokens(TraceHeader header) {
    if (header.source().isPresent()) {
      return Optional.of("it was imported from " + header.source().get());
    }
    List<Segment> segments = header.segments();
    return segments.size() == 1 && segments.getFirst().edits().isEmpty()
        ? Optional.empty()
        : Optional.of("it is not one run from its start to its end");
  }

  private Outcome images(Path file) {
    String name = file.toString();
    try (var trace = TraceKind.IMAGES.open(file)) {
      TraceHeader.Model made = trace.header().model();
      Optional<String> obstacle =
          obstacleOfImages(trace.header()).or(() -> absence(models.images(), made.name()));
      if (obstacle.isPresent()) {
        return new Outcome.Unchecked(name, obstacle.get());
      }
      try (ImageFolder model = ImageFolder.open(models.images().recorded(made.name()), threads)) {
        if (!model.sha256().equals(made.sha256())) {
          return new Outcome.Unchecked(name, "it was made with another version of " + made.name());
        }
        var asked = RunModel.of(model);
        var differences = new OfImages(trace.header().sameKernels() ? 0 : OTHER_KERNELS_PIXEL);
        return differences
            .ofState(0, trace.state(0), start(asked, trace.header()))
            .<Outcome>map(where -> new Outcome.Differs(name, where))
            .orElseGet(() -> outcome(name, trace, ImageRun.resume(asked, trace, 0), differences));
      }
    }
  }

  private Outcome training(Path file) {
    String name = file.toString();
    try (var trace = TraceKind.TRAININGS.open(file)) {
      if (!trace.header().sameKernels()) {
        return new Outcome.Unchecked(name, "it was made by other kernels");
      }
      if (trace.header().segments().isEmpty()) {
        return new Outcome.Unchecked(name, "it does not tell how the model was trained");
      }
      RunModel.Training model = Families.named(trace.header().model().name()).model(threads);
      var differences = new OfTrainings();
      Optional<String> other = differences.ofState(0, trace.state(0), start(model, trace.header()));
      if (other.isPresent()) {
        return new Outcome.Differs(name, other.get());
      }
      try (TrainingRun run = TrainingRun.resume(model, trace, 0)) {
        return outcome(name, trace, run, differences);
      }
    }
  }

  private static TrainingState start(RunModel.Training model, TraceHeader header) {
    TraceHeader.Training what = header.training();
    var settings = Settings.of(model.settings(), header.segments().getFirst().written());
    try (TrainingRun run =
        TrainingRun.start(
            model, what.data(), settings, header.seed(), what.steps(), what.frames())) {
      return run.state();
    }
  }

  private static Optional<String> obstacleOfImages(TraceHeader header) {
    if (header.segments().isEmpty()) {
      return Optional.of("nothing was sampled in it");
    }
    return header.source().isPresent()
        ? Optional.of("it began with images that it does not hold")
        : Optional.empty();
  }

  private static Optional<String> absence(ModelFolders folders, String model) {
    return folders.names().contains(model)
        ? Optional.empty()
        : Optional.of("the model %s is not here".formatted(model));
  }

  /** What a run begins with; from there on it is repeated as its trace says. */
  private static BatchState start(RunModel.Images model, TraceHeader header) {
    TraceHeader.Images of = header.images();
    Segment segment = header.segments().getFirst();
    int none = model.denoiser().classes();
    var start =
        new Start.Images(
            of.labels().isEmpty() ? Collections.nCopies(of.shape().images(), none) : of.labels());
    var plan =
        new RunPlan<>(ImageSamplers.named(segment.sampler()), segment.written(), header.seed());
    return ImageRun.start(model, start, plan).state();
  }

  private static <S, T extends StepRecord<S>> Outcome outcome(
      String name, Trace<S, T> trace, StepMachine<S, T> run, Differences<S, T> differences) {
    Optional<String> found = differences.ofState(0, trace.state(0), run.state());
    for (int step = 1; step <= trace.steps() && found.isEmpty(); step++) {
      if (run.finished()) {
        found = Optional.of("step %d: it was recorded, but the run has ended".formatted(step));
      } else {
        int number = step;
        T recorded = trace.step(step - 1);
        T came = run.step();
        found =
            differences
                .ofState(step, recorded.next(), came.next())
                .or(() -> differences.ofStep(number, recorded, came));
      }
    }
    return found
        .<Outcome>map(where -> new Outcome.Differs(name, where))
        .orElseGet(() -> new Outcome.Equal(name));
  }

  private record OfTokens(float tolerance) implements Differences<TokenState, TokenRecord> {
    @Override
    public Optional<String> ofState(int step, TokenState recorded, TokenState came) {
      return Comparison.tokens(step, recorded.tokens(), came.tokens());
    }

    @Override
    public Optional<String> ofStep(int step, TokenRecord recorded, TokenRecord came) {
      return confidence(step, recorded, came).or(() -> grounds(step, recorded, came));
    }

    private Optional<String> confidence(int step, TokenRecord recorded, TokenRecord came) {
      float[] before = recorded.decision().confidence();
      float[] now = came.decision().confidence();
      for (int i = 0; i < before.length; i++) {
        Optional<String> found = Comparison.confidence(step, i, before[i], now[i], tolerance);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }

    /** A trace of a sampler that did not tell its grounds yet has none to be compared. */
    private Optional<String> grounds(int step, TokenRecord recorded, TokenRecord came) {
      Grounds before = recorded.decision().grounds();
      Grounds now = came.decision().grounds();
      for (int i = 0; i < before.rules().length; i++) {
        if (before.rule(i) != now.rule(i)) {
          return Optional.of(
              "step %d, position %d: the rule %s decided, recorded %s"
                  .formatted(step, i, word(now.rule(i)), word(before.rule(i))));
        }
        if (Math.abs(before.chance(i) - now.chance(i)) > tolerance) {
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
  }

  private record OfTrainings() implements Differences<TrainingState, TrainingRecord> {
    @Override
    public Optional<String> ofState(int step, TrainingState recorded, TrainingState came) {
      return recorded.step() == came.step()
          ? first(step, "number", recorded.numbers(), came.numbers())
          : Optional.of(
              "frame %d: training step %d was recorded and %d came"
                  .formatted(step, recorded.step(), came.step()));
    }

    @Override
    public Optional<String> ofStep(int step, TrainingRecord recorded, TrainingRecord came) {
      return first(step, "loss", recorded.losses(), came.losses());
    }

    private static Optional<String> first(int step, String what, float[] recorded, float[] came) {
      if (recorded.length != came.length) {
        return Optional.of(
            "frame %d: %d %ss were recorded and there are %d"
                .formatted(step, recorded.length, what, came.length));
      }
      int at = Arrays.mismatch(recorded, came);
      return at < 0
          ? Optional.empty()
          : Optional.of(
              "frame %d, %s %d: %s was recorded and %s came"
                  .formatted(step, what, at, recorded[at], came[at]));
    }
  }

  private record OfImages(float tolerance) implements Differences<BatchState, ImageRecord> {
    @Override
    public Optional<String> ofState(int step, BatchState recorded, BatchState came) {
      float[] before = recorded.x();
      float[] now = came.x();
      if (before.length != now.length) {
        return Optional.of("it has images of another size than its model");
      }
      for (int i = 0; i < before.length; i++) {
        double most = tolerance * Math.max(1.0, Math.abs(before[i]));
        if (!(Math.abs(before[i] - now[i]) <= most)) {
          return Optional.of(
              "step %d, value %d: %s was recorded and %s came"
                  .formatted(step, i, before[i], now[i]));
        }
      }
      return Optional.empty();
    }

    @Override
    public Optional<String> ofStep(int step, ImageRecord recorded, ImageRecord came) {
      return Optional.empty();
    }
  }
}
