package dev.unmask.engine.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Verification;
import dev.unmask.engine.run.Branch;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import dev.unmask.engine.trace.TraceRecorder;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  @TempDir private Path folder;

  private Path recorded(String family, int steps, int frames) {
    Path file = folder.resolve(family + TraceFile.EXTENSION);
    try (TrainingRun run = Trained.run(family, steps, frames, 3);
        var recorder = TraceRecorder.create(file, run.trace())) {
      run.finish(recorder::append);
      recorder.finish();
    }
    return file;
  }

  private static RunModel.Training model(String family) {
    return Families.named(family).model(1);
  }

  private static float[] last(Trace<TrainingState, TrainingRecord> trace) {
    return trace.state(trace.steps()).numbers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gan", "energy", "flow-matching", "gaussian"})
  void fromAnyFrameTrainingGoesOnToTheSameBytes(String family) {
    try (var trace = TraceKind.TRAININGS.open(recorded(family, 13, 4))) {
      assertThat(trace.header().training().stepAt(1)).isEqualTo(3);
      for (int frame = 0; frame <= 4; frame++) {
        try (TrainingRun run = TrainingRun.resume(model(family), trace, frame)) {
          run.finish(_ -> {});
          assertThat(last(run.trace())).isEqualTo(last(trace));
        }
      }
    }
  }

  @Test
  void verifyTrainsAnewAndFindsEqualWhatIsEqual() throws IOException {
    Path file = recorded("vae", 9, 3);
    var verification = new Verification(new ModelFolders(Path.of("none")), 2);
    assertThat(verification.check(file)).isInstanceOf(Outcome.Equal.class);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(verification.check(file).line()).startsWith("differs").contains("was recorded");
  }

  @Test
  void aBranchTrainsOnFromItsParentsFrameWithTheChangeAlone() {
    Path file = recorded("gan", 12, 4);
    Path other = folder.resolve("branch" + TraceFile.EXTENSION);
    try (var parent = TraceKind.TRAININGS.open(file)) {
      Branch branch = branch(2, Map.of("generator-rate", "1"), OptionalLong.of(8));
      try (TrainingRun run = model("gan").branch(parent, branch, SamplerPermission.NONE);
          var recorder = TraceRecorder.create(other, run.trace())) {
        run.finish(recorder::append);
        recorder.finish();
        assertThat(run.trace().state(2).numbers()).isEqualTo(parent.state(2).numbers());
        assertThat(last(run.trace())).isNotEqualTo(last(parent));
        assertThat(run.trace().header().parent().orElseThrow().step()).isEqualTo(2);
      }
    }
    var verification = new Verification(new ModelFolders(Path.of("none")), 1);
    assertThat(verification.check(other)).isInstanceOf(Outcome.Equal.class);
  }

  private static Branch branch(int step, Map<String, String> settings, OptionalLong seed) {
    return new Branch(
        new TraceHeader.Parent("abc", step), step, List.of(), Optional.empty(), settings, seed);
  }

  @Test
  void aBranchThatChangesHowManyNumbersThereAreIsRefused() {
    try (var parent = TraceKind.TRAININGS.open(recorded("flow", 4, 2))) {
      Branch branch = branch(1, Map.of("layers", "3"), OptionalLong.empty());
      assertThatThrownBy(() -> model("flow").branch(parent, branch, SamplerPermission.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("leave alone what changes its size");
      Branch unknown = branch(1, Map.of("width", "3"), OptionalLong.empty());
      assertThatThrownBy(() -> model("flow").branch(parent, unknown, SamplerPermission.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("There is no setting 'width'");
    }
  }

  @Test
  void aStepThatIsCancelledLeavesNoMarkAndCanBeTakenAgain() {
    try (TrainingRun whole = Trained.run("score", 6, 2, 3);
        TrainingRun stopped = Trained.run("score", 6, 2, 3)) {
      whole.finish(_ -> {});
      stopped.step();
      Thread.currentThread().interrupt();
      assertThatThrownBy(stopped::step).isInstanceOf(CancellationException.class);
      stopped.finish(_ -> {});
      assertThat(last(stopped.trace())).isEqualTo(last(whole.trace()));
    }
  }

  @Test
  void aTraceThatHoldsAnotherModelsNumbersDiffersAndMakesNoModel() {
    Path file = folder.resolve("short" + TraceFile.EXTENSION);
    try (TrainingRun run = Trained.run("vae", 2, 1, 3)) {
      var few =
          new RecordedTrace<TrainingState, TrainingRecord>(
              run.trace().header(), new TrainingState(0, new float[7]));
      few.append(new TrainingRecord(new float[2], new TrainingState(2, new float[7])));
      TraceFile.write(file, few);
      var verification = new Verification(new ModelFolders(Path.of("none")), 1);
      assertThat(verification.check(file).line()).contains("7 numbers were recorded");
      try (PlaneModel model = Families.named("vae").model(run.trace().header(), 0)) {
        assertThatThrownBy(() -> model.become(new float[7]))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("The trace holds 7 numbers of a model");
      }
    }
  }

  @Test
  void whatWasRecordedBeforeAKillIsOpenedAsFarAsItCame() {
    Path file = folder.resolve("killed" + TraceFile.EXTENSION);
    try (TrainingRun run = Trained.run("vae", 8, 4, 1);
        var recorder = TraceRecorder.create(file, run.trace())) {
      recorder.append(run.step());
      recorder.append(run.step());
    }
    Path part = TraceRecorder.partOf(file);
    assertThat(TraceKind.TRAININGS.is(part)).isTrue();
    try (var trace = TraceKind.TRAININGS.open(part)) {
      assertThat(trace.steps()).isEqualTo(2);
      assertThat(trace.state(2).step()).isEqualTo(4);
    }
  }

  @Test
  void aTraceOfATrainingIsNoneOfTokensAndSaysSo() {
    Path file = recorded("gaussian", 4, 2);
    assertThat(TraceKind.IMAGES.is(file)).isFalse();
    assertThatThrownBy(() -> TraceKind.TOKENS.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a trace of a training, and one of tokens is needed here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"steps\\\":4 \\\"steps\\\":1",
        "\\\"frames\\\":2 \\\"frames\\\":9",
        "\\\"frames\\\":2 \\\"frames\\\":1"
      })
  void aHeaderThatCannotBeIsRefusedInOneSentence(String change) throws IOException {
    Path file = recorded("gaussian", 4, 2);
    String[] words = change.split(" ");
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(text).contains(words[0]);
    Files.write(file, text.replace(words[0], words[1]).getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TraceKind.TRAININGS.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a readable trace");
  }
}
