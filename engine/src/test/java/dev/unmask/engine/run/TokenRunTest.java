package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.recordings.HashedDenoiser;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRunTest {
  private static final int SIZE = 40;
  private static final int MASK = SIZE - 1;
  private static final Start.Tokens START = Start.of(new int[] {3, 14, 15}, 15, MASK);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void equalRunsLeaveEqualFiles(RandomKind random) throws IOException {
    byte[] first = recorded("first", run(random, 7));
    assertThat(recorded("second", run(random, 7))).isEqualTo(first);
    assertThat(recorded("third", run(random, 8))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void goesOnFromAnyStepOfAFileAsTheRunDid(RandomKind random) throws IOException {
    byte[] whole = recorded("whole", run(random, 7));
    try (var trace = TraceKind.TOKENS.open(file("whole"))) {
      assertThat(trace.steps()).isEqualTo(12);
      for (int step = 0; step <= trace.steps(); step++) {
        assertThat(recorded("rest" + step, TokenRun.resume(model(), trace, step)))
            .as("from step %d", step)
            .isEqualTo(whole);
      }
    }
  }

  /**
   * Enough steps that some change nothing, so that what is not evaluated again is met too; one
   * sampler takes no more than there are masks.
   */
  @ParameterizedTest
  @MethodSource("samplers")
  void everySamplerGoesOnFromAnyStep(SamplerKind sampler, RandomKind random) throws IOException {
    RunPlan<SamplerKind> plan = new RunPlan<>(sampler, HashedModel.settings(sampler), random, 7);
    byte[] whole = recorded("whole", TokenRun.start(model(), START, plan));
    try (var trace = TraceKind.TOKENS.open(file("whole"))) {
      for (int step = 0; step <= trace.steps(); step++) {
        assertThat(recorded("rest", TokenRun.resume(model(), trace, step)))
            .as("from step %d", step)
            .isEqualTo(whole);
      }
      assertThat(trace.state(trace.steps()).tokens()).startsWith(3, 14, 15).doesNotContain(MASK);
    }
  }

  static Stream<Arguments> samplers() {
    return Samplers.ALL.stream()
        .flatMap(
            sampler ->
                Arrays.stream(RandomKind.values())
                    .map(random -> Arguments.of(Named.of(sampler.name(), sampler), random)));
  }

  /** One of each kind of plan; a form, a command line and a trace can ask for as many. */
  @ParameterizedTest
  @ValueSource(strings = {"llada", "p2", "mdlm", "d3pm", "udlm", "entropy-bounded", "bd3lm"})
  void theMostStepsThatCanBeAskedForBegin(String name) {
    SamplerKind sampler = Samplers.named(name);
    int most =
        sampler.settings().stream()
            .filter(one -> one.name().equals("steps"))
            .mapToInt(one -> ((Setting.Whole) one).most())
            .findFirst()
            .orElseThrow();
    Map<String, String> settings = Map.of("steps", String.valueOf(most));
    TokenRun run =
        TokenRun.start(model(), START, new RunPlan<>(sampler, settings, RandomKind.PHILOX, 7));
    run.step();
    assertThat(run.plannedSteps()).isPositive();
  }

  @Test
  void evaluatesNothingTwiceForASamplerThatRepeats() {
    AtomicInteger asked = new AtomicInteger();
    RunPlan<SamplerKind> plan =
        new RunPlan<>(Samplers.named("mdlm-cached"), Map.of("steps", "48"), RandomKind.PHILOX, 7);
    TokenRun run = TokenRun.start(counting(asked, true), START, plan);
    run.finish(_ -> {});
    assertThat(run.trace().steps()).isEqualTo(49);
    assertThat(run.state().evaluations()).isLessThan(20).isEqualTo(asked.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mdlm", "remdm-cap", "d3pm", "mdlm-cached"})
  void aModelThatSeesNoTimeIsNotAskedAboutTheSameTokensAgain(String sampler) throws IOException {
    RunPlan<SamplerKind> plan =
        new RunPlan<>(Samplers.named(sampler), Map.of("steps", "48"), RandomKind.PHILOX, 7);
    AtomicInteger everyStep = new AtomicInteger();
    AtomicInteger changes = new AtomicInteger();
    TokenRun plain = TokenRun.start(counting(everyStep, true), START, plan);
    plain.finish(_ -> {});
    byte[] whole = recorded("whole", TokenRun.start(counting(changes, false), START, plan));
    assertThat(changes.get()).isLessThan(48).isLessThanOrEqualTo(everyStep.get());
    try (var trace = TraceKind.TOKENS.open(file("whole"))) {
      assertThat(trace.state(trace.steps()).evaluations()).isEqualTo(changes.get());
      for (int step = 0; step < trace.steps(); step++) {
        TokenRecord came = trace.step(step);
        TokenRecord expected = plain.trace().step(step);
        assertThat(came.next().tokens()).isEqualTo(expected.next().tokens());
        assertThat(came.decision().confidence()).isEqualTo(expected.decision().confidence());
        assertThat(came.entropy()).isEqualTo(expected.entropy());
        assertThat(recorded("rest", TokenRun.resume(counting(changes, false), trace, step)))
            .as("from step %d", step)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void aKeptPredictionIsAskedForAgainAtItsOwnTime() throws IOException {
    RunPlan<SamplerKind> plan =
        new RunPlan<>(
            Samplers.named("udlm"), Map.of("cached", "true", "steps", "96"), RandomKind.PHILOX, 7);
    byte[] whole = recorded("whole", TokenRun.start(timed(), START, plan));
    try (var trace = TraceKind.TOKENS.open(file("whole"))) {
      assertThat(trace.state(96).evaluations()).isLessThan(90);
      for (int step = 0; step <= trace.steps(); step++) {
        assertThat(recorded("rest", TokenRun.resume(timed(), trace, step)))
            .as("from step %d", step)
            .isEqualTo(whole);
      }
    }
  }

  /** The hashed model, but surer the less noise it is told of. */
  private static RunModel.Tokens timed() {
    RunModel.Tokens model = model();
    return new RunModel.Tokens(
        model.identity(), model.texts(), model.vocabulary(), new Timed(model.denoiser()));
  }

  private record Timed(TokenDenoiser hashed) implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return hashed.vocabularySize();
    }

    @Override
    public int contextLength() {
      return hashed.contextLength();
    }

    @Override
    public RowMeaning rowMeaning() {
      return hashed.rowMeaning();
    }

    @Override
    public boolean knows(NoiseKind noise) {
      return hashed.knows(noise);
    }

    @Override
    public Prediction predict(Request request) {
      Prediction prediction = hashed.predict(request);
      float[][] logits = prediction.logits().clone();
      for (int i = 0; i < logits.length; i++) {
        logits[i] = logits[i].clone();
        for (int token = 0; token < logits[i].length; token++) {
          logits[i][token] *= (float) (3 - 2 * request.time().orElseThrow());
        }
      }
      return new Prediction(prediction.rows(), logits);
    }

    @Override
    public void close() {
      hashed.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStepsOfAStoppedRunCanBeGoneOnFrom(RandomKind random) throws IOException {
    byte[] whole = recorded("whole", run(random, 7));
    TokenRun stopped = run(random, 7);
    var recorder = TraceRecorder.create(file("stopped"), stopped.trace());
    for (int step = 0; step < 5; step++) {
      recorder.append(stopped.step());
    }
    recorder.close();
    try (var part = TraceKind.TOKENS.open(TraceRecorder.partOf(file("stopped")))) {
      assertThat(part.steps()).isEqualTo(5);
      assertThat(recorded("mended", TokenRun.resume(model(), part, 5))).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedStepLeavesNoMark(RandomKind random) throws IOException {
    byte[] whole = recorded("whole", run(random, 7));
    TokenRun run = run(random, 7);
    run.step();
    Thread.currentThread().interrupt();
    assertThatThrownBy(run::step).isInstanceOf(CancellationException.class);
    assertThat(run.trace().steps()).isEqualTo(1);
    run.finish(_ -> {});
    TraceFile.write(file("interrupted"), run.trace());
    assertThat(Files.readAllBytes(file("interrupted"))).isEqualTo(whole);
  }

  @Test
  void aTraceThatKeptNoCandidatesIsGoneOnFromAndRecorded() {
    TokenRun before = run(RandomKind.PHILOX, 7);
    before.finish(_ -> {});
    Path file = file("few");
    TraceFile.write(
        file,
        before.trace(),
        Set.of(
            "tokens",
            "marks",
            "time",
            "draws",
            "evaluations",
            "memory.answer",
            "memory.from",
            "memory.masks"));
    try (var few = TraceKind.TOKENS.open(file)) {
      assertThat(few.header().tokens().candidates()).isZero();
      TokenRun run = TokenRun.resume(model(), few, 5);
      run.step();
      TraceFile.write(file("more"), run.trace());
    }
    try (var more = TraceKind.TOKENS.open(file("more"))) {
      assertThat(more.step(4).candidates().ids()).containsOnly(-1);
      assertThat(more.step(5).candidates().ids())
          .isEqualTo(before.trace().step(5).candidates().ids());
    }
  }

  @Test
  void recordsWhatItWasMadeOf() {
    TraceHeader header = run(RandomKind.TORCH, 7).trace().header();
    assertThat(header.random()).isEqualTo("torch");
    assertThat(header.seed()).isEqualTo(7);
    assertThat(header.tokens().maskId()).isEqualTo(MASK);
    assertThat(header.segments().getFirst().sampler()).isEqualTo("llada");
    assertThat(header.segments().getFirst().settings())
        .containsEntry("temperature", 0.8)
        .containsEntry("steps", 12)
        .containsEntry("logits-eos-inf", false);
  }

  @Test
  void keepsTheMostProbableTokensAtThePositionsAskedAbout() {
    TokenRecord step = run(RandomKind.PHILOX, 1).step();
    int[] ids = step.candidates().ids();
    float[] probabilities = step.candidates().probabilities();
    assertThat(step.entropy()[2]).isNaN();
    assertThat(ids[2 * Candidates.KEPT]).isEqualTo(-1);
    assertThat(step.entropy()[3]).isBetween(0.01f, (float) Math.log(SIZE));
    assertThat(ids[3 * Candidates.KEPT]).isNotNegative();
    assertThat(probabilities[3 * Candidates.KEPT])
        .isGreaterThan(probabilities[3 * Candidates.KEPT + 1]);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Start.of(new int[] {1, 2, 3}, 3, MASK))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("The prompt has 3 tokens, which leaves nothing to fill");
    assertThatThrownBy(
            () ->
                TokenRun.start(
                    model(), Start.of(new int[] {SIZE}, 3, MASK), plan(RandomKind.PHILOX, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "The model hashed has the tokens 0 to 39 and not 40; give it tokens of its own.");
    Trace<TokenState, TokenRecord> trace = run(RandomKind.PHILOX, 1).trace();
    RunModel.Tokens other =
        new RunModel.Tokens(
            new TraceHeader.Model("hashed", "other"),
            model().texts(),
            model().vocabulary(),
            model().denoiser());
    assertThatThrownBy(() -> TokenRun.resume(other, trace, 0))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "The trace was made with another version of the model hashed; start a new run.");
  }

  @Test
  void fillsNoMasksOfAModelWithoutMasks() {
    RunModel.Tokens maskless =
        new RunModel.Tokens(
            model().identity(),
            model().texts(),
            new Vocabulary(SIZE, Vocabulary.NO_MASK, new int[0]),
            model().denoiser());
    Start.Tokens start = Start.of(new int[] {3}, 15, Vocabulary.NO_MASK);
    assertThatThrownBy(() -> TokenRun.start(maskless, start, plan(RandomKind.PHILOX, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "The sampler llada fills masks, but the model hashed has no mask; choose another"
                + " sampler.");
  }

  private static TokenRun run(RandomKind random, long seed) {
    return TokenRun.start(model(), START, plan(random, seed));
  }

  private static RunPlan<SamplerKind> plan(RandomKind random, long seed) {
    Map<String, String> settings =
        Map.of(
            "steps", "12",
            "block", "6",
            "temperature", "0.8",
            "guidance", "0.5",
            "remasking", seed == 7 ? "random" : "low-confidence");
    return new RunPlan<>(Samplers.named("llada"), settings, random, seed);
  }

  private static RunModel.Tokens model() {
    return new RunModel.Tokens(
        new TraceHeader.Model("hashed", "same"),
        IntStream.range(0, SIZE).mapToObj(Integer::toString).toList(),
        new Vocabulary(SIZE, MASK, new int[0]),
        new HashedDenoiser(5, SIZE, 48, 4096, MASK, OptionalDouble.of(-16), List.of()));
  }

  private static RunModel.Tokens counting(AtomicInteger asked, boolean seesTime) {
    RunModel.Tokens model = model();
    TokenDenoiser denoiser =
        new TokenDenoiser() {
          @Override
          public int vocabularySize() {
            return SIZE;
          }

          @Override
          public int contextLength() {
            return model.denoiser().contextLength();
          }

          @Override
          public RowMeaning rowMeaning() {
            return model.denoiser().rowMeaning();
          }

          @Override
          public boolean knows(NoiseKind noise) {
            return model.denoiser().knows(noise);
          }

          @Override
          public boolean seesTime() {
            return seesTime;
          }

          @Override
          public Prediction predict(Request request) {
            asked.incrementAndGet();
            return model.denoiser().predict(request);
          }

          @Override
          public void close() {}
        };
    return new RunModel.Tokens(model.identity(), model.texts(), model.vocabulary(), denoiser);
  }

  private byte[] recorded(String name, TokenRun run) throws IOException {
    try (var recorder = TraceRecorder.create(file(name), run.trace())) {
      run.finish(recorder::append);
      recorder.finish();
    }
    return Files.readAllBytes(file(name));
  }

  private Path file(String name) {
    return folder.resolve(name + TraceFile.EXTENSION);
  }
}
