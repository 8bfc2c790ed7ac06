package dev.unmask.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TraceRepetitionTest {
  private static final int LENGTH = 20;

  @TempDir Path models;
  @TempDir Path folder;

  private Path tiny;
  private Path file;

  @BeforeEach
  void modelFolder() {
    tiny = GoldenFiles.modelFolder(models);
    file = folder.resolve("run" + TraceFile.EXTENSION);
  }

  @ParameterizedTest
  @EnumSource
  void aTraceIsEqualToItsRepetitionOnAnyNumberOfThreads(RandomKind random) {
    record(random);
    assertThat(outcome(1)).isEqualTo(new Outcome.Equal(file.toString()));
    assertThat(outcome(2)).isEqualTo(new Outcome.Equal(file.toString()));
  }

  @Test
  void saysAtWhichStepAndPositionATraceWasChanged() {
    Trace<TokenState, TokenRecord> trace = record(RandomKind.PHILOX);
    int position = LENGTH - 1;
    RecordedTrace<TokenState, TokenRecord> changed =
        new RecordedTrace<>(trace.header(), trace.state(0));
    for (int step = 0; step < trace.steps(); step++) {
      TokenRecord record = trace.step(step);
      if (step == 2) {
        record.decision().next().tokens()[position] ^= 1;
      }
      changed.append(record);
    }
    int token = trace.state(3).tokens()[position];
    TraceFile.write(file, changed);
    assertThat(outcome(1).line())
        .isEqualTo(
            "differs %s: step 3, position %d: token %d was recorded and %d came"
                .formatted(file, position, token, token ^ 1));
  }

  @Test
  void comparesWhatDecidedIfTheTraceTellsIt() {
    Trace<TokenState, TokenRecord> trace = record(RandomKind.PHILOX);
    TraceFile.write(file, telling(trace, Grounds.of(Measure.UNTOLD, Rule.CHANCE, LENGTH)));
    assertThat(outcome(1).line())
        .isEqualTo(
            "differs %s: step 3, position 0: the rule untold decided, recorded chance"
                .formatted(file));
    TraceFile.write(file, telling(trace, Grounds.NONE));
    assertThat(outcome(1)).isEqualTo(new Outcome.Equal(file.toString()));
  }

  /** With other grounds of the third step. */
  private static Trace<TokenState, TokenRecord> telling(
      Trace<TokenState, TokenRecord> trace, Grounds grounds) {
    RecordedTrace<TokenState, TokenRecord> other =
        new RecordedTrace<>(trace.header(), trace.state(0));
    for (int step = 0; step < trace.steps(); step++) {
      TokenRecord record = trace.step(step);
      TokenStep was = record.decision();
      TokenStep now = new TokenStep(was.predicted(), was.confidence(), was.next(), grounds);
      other.append(
          step == 2
              ? new TokenRecord(now, record.entropy(), record.candidates(), record.context())
              : record);
    }
    return other;
  }

  @Test
  void leavesTracesOfOtherModelsUnchecked() throws IOException {
    record(RandomKind.PHILOX);
    Path weights = tiny.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    assertThat(outcome(1))
        .isEqualTo(
            new Outcome.Unchecked(
                file.toString(), "it was made with another version of the model tiny"));
    Files.move(tiny, models.resolve("other"));
    assertThat(outcome(1))
        .isEqualTo(new Outcome.Unchecked(file.toString(), "the model tiny is not here"));
  }

  @Test
  void saysThatATraceIsCutShort() throws IOException {
    record(RandomKind.PHILOX);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    assertThat(outcome(1)).isInstanceOf(Outcome.Unreadable.class);
  }

  @Test
  void repeatsASamplerThatSomebodyWroteOnlyIfItIsAllowedAndTheSameAsThen() throws IOException {
    Path source = Path.of("..", "samples", "MySampler.java");
    source = Files.copy(source, folder.resolve("MySampler.java"));
    SamplerPermission named = SamplerPermission.named(source.toString());
    record(new RunPlan<>(Samplers.named(source.toString(), named), Map.of(), RandomKind.PHILOX, 3));
    assertThat(outcome(1))
        .isInstanceOfSatisfying(
            Outcome.Unchecked.class,
            unchecked ->
                assertThat(unchecked.why())
                    .contains("somebody's own program", "allow it with --allow-sampler"));
    var allowing = new Verification(new ModelFolders(models), 1, named);
    assertThat(allowing.check(file)).isEqualTo(new Outcome.Equal(file.toString()));
    Files.writeString(source, Files.readString(source) + "// changed\n");
    assertThat(allowing.check(file))
        .isInstanceOfSatisfying(
            Outcome.Unchecked.class,
            unchecked -> assertThat(unchecked.why()).contains("not the version that made"));
  }

  private Outcome outcome(int threads) {
    return new Verification(new ModelFolders(models), threads).check(file);
  }

  private Trace<TokenState, TokenRecord> record(RandomKind random) {
    Map<String, String> settings =
        Map.of("steps", "4", "temperature", "0.6", "remasking", "random");
    return record(new RunPlan<>(Samplers.named("llada"), settings, random, 3));
  }

  private Trace<TokenState, TokenRecord> record(RunPlan<SamplerKind> plan) {
    try (Model model = Model.open(tiny, 1)) {
      TokenRun run = TokenRun.start(RunModel.of(model), Start.of("Hello", LENGTH, model), plan);
      run.finish(_ -> {});
      TraceFile.write(file, run.trace());
      return run.trace();
    }
  }
}
