package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.masked.DreamThreshold;
import dev.unmask.engine.trace.Divergence;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceComparison;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Edit.Kind;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BranchTest {
  private static final TraceHeader.Parent PARENT = new TraceHeader.Parent("parent", 6);
  private final Trace<TokenState, TokenRecord> parent =
      HashedModel.finished("llada", Map.of("temperature", "0.8")).trace();

  static List<SamplerKind> samplers() {
    return Samplers.ALL;
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aBranchWithoutAChangeRepeatsItsParent(SamplerKind kind) {
    Trace<TokenState, TokenRecord> whole =
        HashedModel.finished(kind.name(), HashedModel.settings(kind)).trace();
    for (int step = 0; step <= whole.steps(); step += 3) {
      Trace<TokenState, TokenRecord> branch =
          branch(whole, step, List.of(), Optional.empty(), Map.of());
      assertSame(branch, whole);
      int token = whole.state(step).tokens()[9];
      if (token >= 0 && step < whole.steps()) {
        Edit nothing = Edit.set(9, token);
        assertSame(branch(whole, step, List.of(nothing), Optional.empty(), Map.of()), whole);
      }
    }
  }

  private static void assertSame(
      Trace<TokenState, TokenRecord> branch, Trace<TokenState, TokenRecord> parent) {
    assertThat(new TraceComparison(branch, parent).first()).isEmpty();
    for (int step = 0; step < parent.steps(); step++) {
      TokenRecord ours = branch.step(step);
      assertThat(ours.decision().confidence()).isEqualTo(parent.step(step).decision().confidence());
      assertThat(ours.entropy()).isEqualTo(parent.step(step).entropy());
    }
  }

  @Test
  void aForcedTokenStaysAndIsAllThatDiffersThen() {
    int position = masked(parent, 6)[0];
    Trace<TokenState, TokenRecord> branch = branch(6, Edit.set(position, 21));
    assertThat(new TraceComparison(parent, branch).first()).contains(new Divergence(6, position));
    assertThat(branch.state(6).marks()[position] & Mark.SET).isNotZero();
    assertThat(branch.state(branch.steps()).tokens()[position]).isEqualTo(21);
    assertThat(branch.state(branch.steps()).tokens()).doesNotContain(HashedModel.MASK);
    assertThat(branch.header().parent()).contains(PARENT);
    assertThat(branch.header().segments().getLast().fromStep()).isEqualTo(6);
  }

  @Test
  void whatIsRemaskedIsFilledAgainInTheStepsThatAreLeft() {
    Edit[] edits =
        IntStream.range(3, 15)
            .filter(i -> parent.state(8).tokens()[i] != HashedModel.MASK)
            .mapToObj(i -> Edit.set(i, HashedModel.MASK))
            .toArray(Edit[]::new);
    assertThat(edits).hasSize(8);
    Trace<TokenState, TokenRecord> branch = branch(8, edits);
    assertThat(branch.steps()).isEqualTo(12);
    assertThat(branch.state(12).tokens()).doesNotContain(HashedModel.MASK);
    assertThat(masked(branch, 9)).hasSize(9);
  }

  @Test
  void aPinnedTokenIsNeverRemasked() {
    Trace<TokenState, TokenRecord> whole =
        HashedModel.finished("remdm-cap", Map.of("steps", "24", "eta", "1")).trace();
    Trace<TokenState, TokenRecord> branch =
        branch(whole, 5, List.of(new Edit(Kind.PIN, 10, 21)), Optional.empty(), Map.of());
    for (int step = 5; step <= branch.steps(); step++) {
      assertThat(branch.state(step).tokens()[10]).isEqualTo(21);
    }
  }

  @Test
  void aBannedTokenIsNotPredicted() {
    int position = masked(parent, 6)[0];
    int predicted = parent.step(6).decision().predicted()[position];
    Trace<TokenState, TokenRecord> branch = branch(6, new Edit(Kind.BAN, position, predicted));
    for (int step = 6; step < branch.steps(); step++) {
      assertThat(branch.step(step).decision().predicted()[position]).isNotEqualTo(predicted);
    }
    Trace<TokenState, TokenRecord> nowhere = branch(6, new Edit(Kind.BAN, -1, predicted));
    for (int i : masked(parent, 6)) {
      assertThat(nowhere.state(12).tokens()[i]).isNotEqualTo(predicted);
    }
  }

  @Test
  void settingsAndSamplersCanBeChangedOnTheWay() {
    Trace<TokenState, TokenRecord> hotter =
        branch(parent, 6, List.of(), Optional.empty(), Map.of("temperature", "9"));
    assertThat(new TraceComparison(parent, hotter).first().orElseThrow().step()).isEqualTo(7);
    assertThat(hotter.header().segments().getLast().settings()).containsEntry("temperature", 9.0);
    Trace<TokenState, TokenRecord> other =
        branch(parent, 6, List.of(), Optional.of("remdm-cap"), Map.of("steps", "24"));
    assertThat(other.steps()).isGreaterThan(12);
    assertThat(other.state(other.steps()).tokens()).doesNotContain(HashedModel.MASK);
    assertThat(other.header().segments()).hasSize(2);
    Trace<TokenState, TokenRecord> longer =
        branch(parent, 12, List.of(Edit.set(5, 39)), Optional.empty(), Map.of("steps", "14"));
    assertThat(longer.steps()).isEqualTo(14);
    assertThat(longer.state(14).tokens()).doesNotContain(HashedModel.MASK);
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("samplersOfMasks")
  void aBranchIntoAnotherSamplerIsRecordedAndOpenedAgain(SamplerKind kind) {
    Path file = folder.resolve("branch" + TraceFile.EXTENSION);
    for (String first : List.of("llada", "remdm-conf", "p2")) {
      var before = HashedModel.finished(first, Map.of("steps", "12")).trace();
      Map<String, String> settings =
          kind == DreamThreshold.KIND ? Map.of() : HashedModel.settings(kind);
      var branch = branch(before, 5, List.of(), Optional.of(kind.name()), settings);
      TraceFile.write(file, branch);
      try (var read = TraceKind.TOKENS.open(file)) {
        assertThat(read.header()).isEqualTo(branch.header());
        for (int step = 0; step <= branch.steps(); step++) {
          assertThat(read.state(step))
              .usingRecursiveComparison()
              .withEqualsForType(Double::equals, Double.class)
              .isEqualTo(branch.state(step));
        }
        for (int step : new int[] {3, 5, branch.steps() - 1}) {
          TokenRun again = TokenRun.resume(HashedModel.model(), read, step);
          assertThat(again.step().next().tokens()).isEqualTo(branch.state(step + 1).tokens());
        }
      }
    }
  }

  static Stream<SamplerKind> samplersOfMasks() {
    return Samplers.ALL.stream()
        .filter(
            kind ->
                kind.create(HashedModel.settings(kind), HashedModel.model().vocabulary()).noise()
                    == NoiseKind.ABSORBING);
  }

  @ParameterizedTest
  @MethodSource("samplersOfMasks")
  void aSamplerThatTakesOverFillsAllThatIsLeft(SamplerKind kind) {
    Trace<TokenState, TokenRecord> before =
        HashedModel.finished("remdm-cap", Map.of("steps", "24")).trace();
    assertThat(masked(before, 6)).isNotEmpty();
    // The masks that are left are not to be divided by its steps.
    Map<String, String> settings =
        kind == DreamThreshold.KIND ? Map.of() : HashedModel.settings(kind);
    Trace<TokenState, TokenRecord> branch =
        branch(before, 6, List.of(), Optional.of(kind.name()), settings);
    assertThat(masked(branch, branch.steps())).isEmpty();
  }

  @Test
  void aBranchOfABranchKeepsTheEditsOfBoth() {
    int[] free = masked(parent, 6);
    Trace<TokenState, TokenRecord> first = branch(6, Edit.set(free[0], 21));
    Trace<TokenState, TokenRecord> second =
        branch(first, 8, List.of(Edit.set(free[1], 22)), Optional.empty(), Map.of());
    int[] text = second.state(second.steps()).tokens();
    assertThat(text[free[0]]).isEqualTo(21);
    assertThat(text[free[1]]).isEqualTo(22);
    assertThat(second.header().segments()).extracting(Segment::fromStep).containsExactly(0, 6, 8);
  }

  @Test
  void anotherSeedDrawsOtherNumbersFromThenOn() {
    Map<String, String> settings = Map.of("steps", "12", "remasking", "random");
    Trace<TokenState, TokenRecord> whole = HashedModel.finished("llada", settings).trace();
    var other = new Branch(PARENT, 6, List.of(), Optional.empty(), Map.of(), OptionalLong.of(99));
    TokenRun run = TokenRun.resume(HashedModel.model(), other.of(whole, HashedModel.model()), 6);
    run.finish(_ -> {});
    assertThat(new TraceComparison(run.trace(), whole).first().orElseThrow().step()).isEqualTo(7);
    assertThat(run.trace().header().seedAt(5)).isEqualTo(whole.header().seed());
    assertThat(run.trace().header().seedAt(6)).isEqualTo(99);
  }

  @Test
  void whatCannotBeIsRefused() {
    refuses("The trace has 12 steps and not 13; branch at one of 0 to 12.", 13, Edit.set(5, 1));
    refuses("There is no position 15; choose one of 0 to 14.", 6, Edit.set(15, 1));
    refuses("The model hashed has no token 40; choose one of 0 to 39.", 6, Edit.set(5, 40));
    refuses("Position 1 was given and is never sampled; choose another.", 6, Edit.set(1, 4));
    refuses(
        "The sampler llada has no steps left at step 12; branch earlier, or set more steps.",
        12,
        Edit.set(5, 39));
  }

  private void refuses(String sentence, int step, Edit edit) {
    assertThatThrownBy(() -> branch(step, edit))
        .isInstanceOf(InputException.class)
        .hasMessage(sentence);
  }

  private Trace<TokenState, TokenRecord> branch(int step, Edit... edits) {
    return branch(parent, step, List.of(edits), Optional.empty(), Map.of());
  }

  private static Trace<TokenState, TokenRecord> branch(
      Trace<TokenState, TokenRecord> parent,
      int step,
      List<Edit> edits,
      Optional<String> sampler,
      Map<String, String> settings) {
    RunModel.Tokens model = HashedModel.model();
    Trace<TokenState, TokenRecord> start =
        new Branch(PARENT, step, edits, sampler, settings, OptionalLong.empty()).of(parent, model);
    TokenRun run = TokenRun.resume(model, start, step);
    run.finish(_ -> {});
    return run.trace();
  }

  private static int[] masked(Trace<TokenState, TokenRecord> trace, int step) {
    return trace.state(step).positionsOf(HashedModel.MASK, 0, 15);
  }
}
