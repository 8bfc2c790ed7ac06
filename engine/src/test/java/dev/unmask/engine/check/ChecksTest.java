package dev.unmask.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.unmask.engine.run.Breakpoint;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
  private static final int FOR_EVER = 1000;

  static List<Check> checks() {
    return Checks.ALL;
  }

  private static MadeUpTrace text(int length) {
    return new MadeUpTrace(length, length, FOR_EVER, Map.of());
  }

  @Test
  void aRunThatFillsEveryPositionWithAnotherTokenHasNothingWrong() {
    MadeUpTrace trace = new MadeUpTrace(16, 8, 16, Map.of("temperature", 0.0));
    IntStream.range(0, 16).forEach(position -> trace.committing(position, position + 2));
    assertThat(trace.findings()).isEmpty();
  }

  @Test
  void aRunThatStopsCommittingIsStalledOnceItsPaceDoesNotExplainIt() {
    // 8 steps with a commit before n without: 1 / C(8 + n, 8) < 1e-6 from n = 17 on.
    MadeUpTrace paced = text(16);
    IntStream.range(0, 8).forEach(position -> paced.committing(position, position));
    while (paced.taken() < 24) {
      paced.then(ChecksTest::unsure);
    }
    assertThat(paced.findings()).isEmpty();
    paced.then(ChecksTest::unsure).then(ChecksTest::unsure);
    assertThat(paced.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.check()).isEqualTo("stalled"))
        .satisfies(
            finding ->
                assertThat(finding.line())
                    .isEqualTo("step 25: nothing has changed for 17 steps and 8 masks are left"));
  }

  /** Another confidence in each step, so that the model did not say the very same. */
  private static MadeUpTrace.Step unsure(MadeUpTrace.Step step) {
    step.confidence[15] = step.number % 2 == 0 ? 0.4f : 0.3f;
    return step;
  }

  @Test
  void aRunInWhichNeitherPredictionNorTimeChangesIsStalledThoughItNeverCommitted() {
    MadeUpTrace trace = text(16);
    for (int i = 0; i < 12; i++) {
      trace.then(
          step -> {
            step.time = 1;
            return step;
          });
    }
    assertThat(trace.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.line())
                    .isEqualTo("step 9: nothing has changed for 9 steps and 16 masks are left"));
  }

  @Test
  void stepsThatWaitAsLongAsTheirChancesExplainAreNotStalled() {
    assertThat(waiting(0.01f, 80)).isEmpty();
    // 16 masks that each go with 1 %: after 86 steps, 0.99^(16 · 86) < 1e-6.
    assertThat(waiting(0.01f, 90))
        .singleElement()
        .satisfies(finding -> assertThat(finding.step()).isEqualTo(86));
  }

  private static List<Finding> waiting(float chance, int steps) {
    MadeUpTrace trace = text(16);
    for (int i = 0; i < steps; i++) {
      double time = 1 - i / 1000.0;
      trace.then(
          step -> {
            step.time = time;
            step.grounds = Grounds.of(Measure.UNTOLD, Rule.CHANCE, 16).withChance(chance);
            return step;
          });
    }
    return trace.findings();
  }

  @Test
  void masksThatAreLeftAtTheEndAreToldWithTheirNumber() {
    MadeUpTrace trace = new MadeUpTrace(16, 16, 4, Map.of());
    IntStream.range(0, 4).forEach(position -> trace.committing(position, position));
    assertThat(trace.findings())
        .extracting(Finding::line)
        .containsExactly(
            "step 4: the run ended with 12 of 16 positions masked, the first of them 4");
    MadeUpTrace stopped = new MadeUpTrace(16, 16, 5, Map.of());
    IntStream.range(0, 4).forEach(position -> stopped.committing(position, position));
    assertThat(stopped.findings()).isEmpty();
  }

  @Test
  void masksThatACorruptionPutThereAreNoneThatWereLeft() {
    Checkup corruption =
        new MadeUpTrace(4, 4, 2, Map.of(), 2, 3, 4, 5)
            .committing(1, MadeUpTrace.MASK)
            .committing(2, MadeUpTrace.MASK)
            .checkup();
    assertThat(corruption.upTo(2).all()).extracting(Finding::check).doesNotContain("masks");
  }

  @Test
  void endsThatFillABlockBeforeItsTextAreAFlood() {
    MadeUpTrace trace = text(16);
    IntStream.range(0, 9).forEach(i -> trace.committing(15 - i, MadeUpTrace.END));
    assertThat(trace.findings())
        .extracting(Finding::line)
        .containsExactly(
            "step 9: the end of the text fills 9 of 16 positions from 0 to 15, and 7 of the 7"
                + " before it are still masked");
  }

  @Test
  void endsBehindATextThatIsWrittenAreNoFlood() {
    MadeUpTrace trace = text(16);
    IntStream.range(0, 6).forEach(position -> trace.committing(position, position));
    IntStream.range(6, 16).forEach(position -> trace.committing(position, MadeUpTrace.END));
    assertThat(trace.findings()).isEmpty();
  }

  @Test
  void endsThatTheModelDidNotExpectAreAFlood() {
    assertThat(ends(0.001f)).extracting(Finding::check).contains("flood");
    assertThat(ends(0.3f)).isEmpty();
  }

  /** Four ends at the end of 16 positions, where another token was likelier. */
  private static List<Finding> ends(float probability) {
    MadeUpTrace trace = text(16);
    for (int i = 0; i < 4; i++) {
      int position = 15 - i;
      trace.then(
          step -> {
            step.commit(position, MadeUpTrace.END);
            step.expect(position, 5, 0.6f, MadeUpTrace.END, probability);
            return step;
          });
    }
    return trace.findings();
  }

  @Test
  void eightTimesTheSameTokenInARowRepeatsAndSevenDoNot() {
    MadeUpTrace trace = text(16);
    IntStream.range(0, 7).forEach(position -> trace.committing(position, 5));
    assertThat(trace.findings()).isEmpty();
    trace.committing(7, 5);
    assertThat(trace.findings())
        .singleElement()
        .isEqualTo(
            new Finding(
                "repeat",
                8,
                List.of(0, 1, 2, 3, 4, 5, 6, 7),
                "'w5' stands 8 times in a row, at positions 0 to 7"));
  }

  @Test
  void aPhraseRepeatsWhenItStandsFourTimes() {
    MadeUpTrace trace = text(16);
    IntStream.range(0, 12).forEach(position -> trace.committing(position, position % 3));
    assertThat(trace.findings())
        .extracting(Finding::line)
        .containsExactly("step 12: 'w0w1w2' stands 4 times in a row, at positions 0 to 11");
  }

  @Test
  void anEntropyThatIsNoNumberAmongOthersIsToldWithItsPosition() {
    MadeUpTrace trace = text(8);
    trace.then(
        step -> {
          step.entropy[3] = Float.NaN;
          step.commit(0, 5);
          return step;
        });
    assertThat(trace.findings())
        .extracting(Finding::line)
        .containsExactly(
            "step 1: the entropy at 1 of 8 positions is no finite number, the first of them 3");
  }

  @Test
  void aScoreThatIsNoNumberIsToldOnceThoughItIsABreachToo() {
    MadeUpTrace trace = text(8);
    trace.then(
        step -> {
          step.confidence[3] = Float.POSITIVE_INFINITY;
          step.commit(0, 5);
          return step;
        });
    assertThat(trace.findings())
        .singleElement()
        .isEqualTo(
            new Finding(
                "number", 1, List.of(3), "the confidence at position 3 is no finite number"));
  }

  @Test
  void drawsThatAlwaysTakeTheMostProbableTokenHaveNoVariance() {
    assertThat(draws(Map.of("temperature", 1.0), 5))
        .extracting(Finding::check)
        .contains("variance");
  }

  @Test
  void drawsThatMayWellBeTheMostProbableTokensAreNotTold() {
    assertThat(draws(Map.of("temperature", 0.0), 5)).isEmpty();
    assertThat(draws(Map.of("temperature", 1.0, "top-k", 1), 5)).isEmpty();
    assertThat(draws(Map.of("temperature", 1.0), 6)).isEmpty();
  }

  /** 24 draws with a chance of a half each; one of them gives another token. */
  private static List<Finding> draws(Map<String, Object> settings, int drawn) {
    MadeUpTrace trace = new MadeUpTrace(24, 24, FOR_EVER, settings);
    return trace
        .then(
            step -> {
              for (int position = 0; position < 24; position++) {
                step.predicted[position] = position == 20 ? drawn : 5;
                step.expect(position, 5, 0.5f, 6, 0.5f);
              }
              step.commit(0, 5);
              return step;
            })
        .findings();
  }

  @Test
  void aCacheThatWasFilledBeforeTokensOutsideOfItsWindowChangedIsOutOfDate() {
    MadeUpTrace trace = new MadeUpTrace(8, 4, FOR_EVER, Map.of());
    IntStream.range(0, 4).forEach(position -> trace.committing(position, position));
    trace.then(
        step -> {
          step.context = 4;
          step.commit(4, 10);
          return step;
        });
    assertThat(trace.findings()).isEmpty();
    trace.then(
        step -> {
          step.context = 2;
          step.commit(5, 11);
          return step;
        });
    assertThat(trace.findings())
        .singleElement()
        .isEqualTo(
            new Finding(
                "cache",
                6,
                List.of(2, 3),
                "the cache was filled by the state before step 3, and 2 tokens that it holds have"
                    + " changed since, the first of them at position 2"));
  }

  @Test
  void candidatesThatAreTheTokenBesideLookShifted() {
    assertThat(beside(1)).extracting(Finding::check).containsOnly("shifted");
    assertThat(beside(1).getFirst().sentence())
        .isEqualTo("the first candidate of 7 of 7 positions is the token one to the left of it");
    assertThat(beside(0)).isEmpty();
  }

  /** Each position is filled after the one to its left, whose token is expected, or its own. */
  private static List<Finding> beside(int offset) {
    MadeUpTrace trace = text(32);
    for (int i = 0; i < 16; i++) {
      int position = i;
      trace.then(
          step -> {
            step.commit(position, 10 + position);
            step.expect(position, 10 + position - offset, 0.9f, 1, 0.05f);
            return step;
          });
    }
    return trace.findings();
  }

  @Test
  void aTokenBehindItsBlockIsOutOfOrder() {
    MadeUpTrace trace = new MadeUpTrace(8, 4, FOR_EVER, Map.of()).committing(6, 5);
    assertThat(trace.findings())
        .singleElement()
        .isEqualTo(
            new Finding(
                "order", 1, List.of(6), "position 6 was committed, which lies behind block 1"));
  }

  @Test
  void aCommittedTokenThatIsChangedIsABreach() {
    MadeUpTrace trace = text(8).committing(0, 5).committing(0, 6);
    assertThat(trace.findings())
        .extracting(Finding::check, Finding::step)
        .containsExactly(tuple("breach", 2));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void everyCheckIsABreakpointAndSaysWhatItDoes(Check check) {
    assertThat(Breakpoint.of(check.name()).text()).isEqualTo(check.name());
    assertThat(check.looksFor()).isNotBlank().doesNotContain("|", "\n");
    assertThat(check.limits()).endsWith(".").doesNotContain("|", "\n");
    assertThat(Checks.named(check.name())).contains(check);
  }

  @Test
  void aBreakpointStopsWhereItsCheckFindsSomething() {
    MadeUpTrace trace = text(16);
    IntStream.range(0, 9).forEach(position -> trace.committing(position, 5));
    Checkup checkup = trace.checkup();
    Breakpoint repeat = Breakpoint.of("repeat where position < 4");
    assertThat(repeat.hit(checkup.moment(6))).isEmpty();
    assertThat(repeat.hit(checkup.moment(7)))
        .contains(new Breakpoint.Hit(8, 0, "'w5' stands 8 times in a row, at positions 0 to 7"));
    assertThat(Breakpoint.of("repeat where position > 12").hit(checkup.moment(7))).isEmpty();
  }

  @Test
  void imagesThatBeginWithTheSameNoiseAndPixelsThatAreNoNumbersAreTold() {
    float[] noise = {0.5f, -1, 0.5f, -1, 2, 3};
    float[] later = {0.5f, -1, 0.5f, -1, 2, Float.NaN};
    assertThat(images(noise, later))
        .extracting(Finding::line)
        .containsExactly(
            "step 1: 1 of 6 values of x are no finite numbers, the first of them in image 3",
            "step 1: images 1 and 2 of the batch begin with the same noise");
    assertThat(images(new float[] {1, 2, 3, 4, 5, 6}, new float[6])).isEmpty();
  }

  private static List<Finding> images(float[] first, float[] last) {
    var header =
        new TraceHeader(
            new TraceHeader.Model("made up", ""),
            new TraceHeader.Images(new BatchShape(3, 1, 1, 2), List.of()),
            "vp",
            "none",
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            TraceHeader.VERSION);
    var trace = new RecordedTrace<BatchState, ImageRecord>(header, new BatchState(first, 1, 0, 1));
    trace.append(
        new ImageRecord(Optional.empty(), Optional.empty(), new BatchState(last, 0, 1, 0), 1));
    return Findings.ofImages(trace).all();
  }

  @Test
  void ofManyFindingsOfOneCheckAsManyAreListedAsAreWantedAndTheRestCounted() {
    MadeUpTrace trace = text(8).committing(0, 5);
    IntStream.range(0, 5).forEach(i -> trace.committing(0, 6 + i));
    assertThat(trace.checkup().upTo(6).lines(2))
        .containsExactly(
            "step 2: the committed token at position 0 was changed",
            "step 3: the committed token at position 0 was changed",
            "breach: 3 more");
  }
}
