package dev.unmask.app.tokens.inspector;

import static dev.unmask.app.tokens.inspector.RunOf.two;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.tokens.inspector.RunOf.Happened;
import dev.unmask.engine.run.Branch;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.trace.Event;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Parent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the inspector says of real samplers, of every family, held against what their steps can be
 * seen to have done.
 */
class FamiliesTest {
  // Quota

  @Test
  void aQuotaIsToldWithThePlaceAmongThoseThatWereAskedInTheBlock() {
    RunOf run = RunOf.sampler("llada", "steps", "4", "block", "6");
    assertThat(run.all(Event.KEPT_MASKED)).isNotEmpty();
    for (Happened at : run.all(Event.COMMITTED)) {
      int quota = run.count(at.step(), Event.COMMITTED);
      assertThat(rank(run, at)).isLessThanOrEqualTo(quota);
      assertThat(run.why(at))
          .startsWith(
              "Committed at step %d: it had confidence %s, %s; %s."
                  .formatted(
                      at.step(),
                      two(run.confidence(at)),
                      place(run, at),
                      run.count(at.step(), Event.KEPT_MASKED) == 0
                          ? "all were taken"
                          : "the quota was " + quota));
    }
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      int quota = run.count(at.step(), Event.COMMITTED);
      assertThat(rank(run, at)).isGreaterThan(quota);
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: “%s” had confidence %s, %s; the quota was %d."
                  .formatted(
                      at.step(),
                      run.predicted(at),
                      two(run.confidence(at)),
                      place(run, at),
                      quota));
    }
    assertThat(run.why(1, 8)).isEqualTo("Its block has not been reached yet.");
  }

  @Test
  void aTokenStaysAsItWasCommittedWhateverStepIsShown() {
    RunOf run = RunOf.sampler("llada", "steps", "4");
    for (Happened at : run.all(Event.COMMITTED)) {
      for (int step = at.step(); step <= run.trace().steps(); step++) {
        assertThat(run.why(step, at.position())).isEqualTo(run.why(at));
      }
    }
  }

  @Test
  void randomRemaskingIsToldAsRandom() {
    RunOf run = RunOf.sampler("llada", "steps", "4", "remasking", "random");
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: “%s” was ranked at random, %s; the quota was %d."
                  .formatted(
                      at.step(),
                      run.predicted(at),
                      place(run, at),
                      run.count(at.step(), Event.COMMITTED)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "entropy, negative entropy",
    "topk-margin, margin",
    "maskgit-plus, confidence",
  })
  void theScoreThatRankedIsCalledWhatItIs(String algorithm, String score) {
    RunOf run = RunOf.sampler("dream", "steps", "4", "alg", algorithm);
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .contains(
              "“%s” had %s %s".formatted(run.predicted(at), score, figure(run.confidence(at))))
          .contains(", %s; the quota was ".formatted(place(run, at)));
    }
  }

  @Test
  void noiseInARankingIsNamedAndNoMoreWhenItHasFaded() {
    RunOf run = RunOf.sampler("maskgit", "steps", "4");
    for (Happened at : run.all(Event.COMMITTED)) {
      assertThat(run.why(at))
          .contains(
              at.step() < 4 ? "it had log-probability with noise " : "it had log-probability -")
          .contains(at.step() < 4 ? "; the quota was " : "; all were taken");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"autoregressive", "halton-maskgit"})
  void aFixedOrderIsAReasonOfItsOwn(String sampler) {
    RunOf run = RunOf.sampler(sampler);
    assertThat(run.all(Event.COMMITTED)).isNotEmpty();
    for (Happened at : run.all(Event.COMMITTED)) {
      assertThat(run.why(at))
          .startsWith(
              "Committed at step %d: its turn had come in a fixed order; it had confidence %s"
                  .formatted(at.step(), figure(run.confidence(at))));
    }
  }

  // Threshold

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fast-dllm",
        "dinfer",
        "llada2",
        "wino",
        "dream-threshold",
        "../samples/MySampler.java"
      })
  void aTokenThatReachedNoThresholdIsSaidToBeForced(String sampler) {
    RunOf run =
        sampler.equals("wino") || sampler.endsWith("MySampler.java")
            ? RunOf.with(12, sampler, "threshold", "0.9")
            : RunOf.with(12, sampler, "threshold", "0.9", "temperature", "0");
    int forced = 0;
    int sure = 0;
    for (Happened at : run.all(Event.COMMITTED)) {
      if (run.confidence(at) < 0.9) {
        forced++;
        assertThat(run.count(at.step(), Event.COMMITTED)).isEqualTo(1);
        assertThat(run.why(at))
            .startsWith(
                "Committed at step %d: no token reached the threshold %s, so the most confident one, %s, was committed."
                    .formatted(
                        at.step(),
                        apart(0.9f, run.confidence(at)),
                        apart(run.confidence(at), 0.9f)));
      } else {
        sure++;
        assertThat(run.why(at))
            .contains(", which reached the threshold " + apart(0.9f, run.confidence(at)));
      }
    }
    assertThat(forced).as("forced").isPositive();
    assertThat(sure).as("sure").isPositive();
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at)).doesNotContain("forced");
      if (run.confidence(at) < 0.9) {
        assertThat(run.why(at))
            .contains(", not above the threshold " + apart(0.9f, run.confidence(at)));
      } else {
        assertThat(run.why(at)).containsPattern("\\d(st|nd|rd|th) of \\d+; the quota was \\d");
      }
    }
  }

  @Test
  void eachPlaceHasItsOwnThresholdByFactorAndTheLastOneIsLeftOver() {
    RunOf run = RunOf.with(8, "fast-dllm", "rule", "factor", "block", "6");
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .contains("not above the threshold " + two(1 - 1.0 / (rank(run, at) + 1)));
    }
    assertThat(run.all(Event.COMMITTED))
        .anySatisfy(at -> assertThat(run.why(at)).contains("was the only one left over"));
  }

  @Test
  void aFallbackToSeveralSaysHowManyWereSure() {
    RunOf run = RunOf.with(8, "llada2", "threshold", "0.9", "steps", "4");
    for (Happened at : run.all(Event.COMMITTED)) {
      long sure =
          run.all(Event.COMMITTED).stream()
              .filter(other -> other.step() == at.step() && run.confidence(other) > 0.9f)
              .count();
      int all = run.count(at.step(), Event.COMMITTED);
      if (run.confidence(at) <= 0.9f && all > 1) {
        assertThat(run.why(at))
            .contains(
                "%s reached the threshold 0.90, so the %d most confident were committed, %s among them."
                    .formatted(
                        sure == 0
                            ? "no token"
                            : "only %d token%s".formatted(sure, sure == 1 ? "" : "s"),
                        all,
                        two(run.confidence(at))));
      }
    }
  }

  @Test
  void aTokenThatItsShadowDoubtsIsTakenBackForThat() {
    RunOf run = RunOf.with(9, "wino", "threshold", "0.3", "threshold-back", "0.8");
    assertThat(run.all(Event.REMASKED)).isNotEmpty();
    for (Happened at : run.all(Event.REMASKED)) {
      assertThat(run.confidence(at)).isLessThan(0.8f);
      assertThat(run.why(at))
          .startsWith(
              "Remasked at step %d: “%s” was taken back; it had confidence %s, below the threshold for what stays %s."
                  .formatted(
                      at.step(),
                      run.before(at),
                      against(run.confidence(at), 0.8f),
                      apart(0.8f, run.confidence(at))));
    }
  }

  // Chance

  @Test
  void chancesAreToldAndNoQuotaAndWhatWasDrawn() {
    RunOf run = RunOf.sampler("remdm-cap", "steps", "6", "eta", "0.4");
    assertThat(run.all(Event.REMASKED)).isNotEmpty();
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .startsWith(
              "Kept masked at step %d: it is unmasked with a chance of %s, and the mask was drawn."
                  .formatted(at.step(), figure(unmasking(run, at.step()))))
          .doesNotContain("quota");
    }
    for (Happened at : run.all(Event.REMASKED)) {
      assertThat(run.why(at))
          .startsWith(
              "Remasked at step %d: “%s” was taken back; it is remasked with a chance of %s, and the mask was drawn."
                  .formatted(at.step(), run.before(at), figure(sigma(run, at.step()))));
    }
  }

  /** σ = min(η, σ_max), by the times of the trace. */
  private static double sigma(RunOf run, int step) {
    double alphaT = 1 - run.trace().state(step - 1).time();
    double alphaS = 1 - run.trace().state(step).time();
    return Math.min(0.4, alphaT > 0 ? Math.min(1, (1 - alphaS) / alphaT) : 1);
  }

  private static double unmasking(RunOf run, int step) {
    if (step == run.trace().steps()) {
      return 1;
    }
    double alphaT = 1 - run.trace().state(step - 1).time();
    double alphaS = 1 - run.trace().state(step).time();
    return (alphaS - (1 - sigma(run, step)) * alphaT) / (1 - alphaT);
  }

  @Test
  void aNumberThatDecidedAloneIsTold() {
    RunOf run = RunOf.sampler("dream", "steps", "5", "alg", "origin");
    assertThat(run.all(Event.KEPT_MASKED)).isNotEmpty();
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      float chance = run.grounds(at.step()).chance(at.position());
      float draw = run.grounds(at.step()).draw(at.position());
      assertThat(draw).isGreaterThanOrEqualTo(chance);
      double before = run.trace().state(at.step() - 1).time();
      assertThat(chance)
          .isEqualTo((float) (1 - run.trace().state(at.step()).time() / before), within(1e-4f));
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: it is unmasked with a chance of %s, and %s was drawn."
                  .formatted(at.step(), figure(chance), figure(draw)));
    }
    for (Happened at : run.all(Event.COMMITTED)) {
      float chance = run.grounds(at.step()).chance(at.position());
      float draw = run.grounds(at.step()).draw(at.position());
      assertThat(draw).isLessThan(chance);
      assertThat(run.why(at))
          .startsWith(
              "Committed at step %d: it is unmasked with a chance of %s, and %s was drawn; it had"
                  .formatted(at.step(), figure(chance), figure(draw)));
    }
  }

  @Test
  void aConfidenceAfterANucleusIsToldWithTheModelsOwnProbability() {
    RunOf run = RunOf.sampler("remdm-cap", "steps", "6", "nucleus", "0.5");
    int told = 0;
    for (Happened at : run.all(Event.COMMITTED)) {
      float own = candidate(run, at);
      if (!Float.isNaN(own) && Math.abs(own - run.confidence(at)) > 0.01) {
        told++;
        assertThat(run.why(at))
            .contains(
                "“%s” was drawn, which had confidence %s as it was drawn (the model's probability is %s)"
                    .formatted(run.after(at), figure(run.confidence(at)), figure(own)));
      }
    }
    assertThat(told).isPositive();
  }

  private static float candidate(RunOf run, Happened at) {
    var candidates = run.record(at.step()).candidates();
    int token = run.record(at.step()).decision().predicted()[at.position()];
    int first = at.position() * candidates.perPosition();
    return IntStream.range(first, first + candidates.perPosition())
        .filter(i -> candidates.ids()[i] == token)
        .mapToObj(i -> candidates.probabilities()[i])
        .findFirst()
        .orElse(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mdlm", "mdlm-cached", "sedd-analytic", "gidd-mdlm", "d3pm"})
  void noAncestralSamplerHasAQuota(String sampler) {
    RunOf run = RunOf.sampler(sampler, "steps", "6");
    for (Happened at : run.all(Event.COMMITTED)) {
      assertThat(run.why(at))
          .containsPattern(
              "Committed at step %d: (it is unmasked with a chance of|the end was reached)"
                  .formatted(at.step()))
          .doesNotContain("quota");
    }
  }

  // Planner

  @Test
  void aPlannersScoreIsToldApartFromTheModelsOwn() {
    RunOf run = RunOf.sampler("p2", "steps", "5", "planner", "true", "temperature", "1");
    assertThat(run.all(Event.REMASKED)).isNotEmpty();
    for (Happened at : run.all(Event.REMASKED)) {
      assertThat(run.why(at))
          .startsWith(
              "Remasked at step %d: “%s” was taken back; scored by the planner, it had log-probability %s, "
                  .formatted(at.step(), run.before(at), figure(run.confidence(at))))
          .contains("; the quota was " + filled(run, at.step()));
      assertThat(rank(run, at)).isGreaterThan((int) filled(run, at.step()));
    }
    int awaited = 0;
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      boolean decides = at.step() % 2 == 1;
      awaited += decides ? 0 : 1;
      assertThat(run.why(at))
          .contains(
              decides
                  ? "; the quota was " + filled(run, at.step())
                  : "; a planner is to score it before anything is committed.")
          .doesNotContain("scored by the planner");
    }
    assertThat(awaited).isPositive();
  }

  @Test
  void withoutAPlannerTheModelsOwnScoresRankWhatIsFilledToo() {
    RunOf run = RunOf.sampler("p2", "steps", "6", "temperature", "1");
    assertThat(run.all(Event.REMASKED)).isNotEmpty();
    for (Happened at : run.all(Event.REMASKED)) {
      assertThat(run.why(at))
          .contains("; it had log-probability " + figure(run.confidence(at)))
          .contains("th of 12; the quota was " + filled(run, at.step()));
    }
  }

  /** How many free positions hold a token after a step. */
  private static long filled(RunOf run, int step) {
    int[] tokens = run.trace().state(step).tokens();
    return IntStream.range(2, tokens.length).filter(p -> tokens[p] != RunOf.MASK).count();
  }

  // Block

  @Test
  void ofABlocksMasksOneIsDrawnAndTheOthersAreNot() {
    RunOf run = RunOf.sampler("bd3lm", "block-size", "4");
    for (Happened at : run.all(Event.COMMITTED)) {
      int masks = 1 + run.count(at.step(), Event.KEPT_MASKED);
      assertThat(run.why(at))
          .startsWith(
              "Committed at step %d: it was drawn from %d masks, each as probable; it had confidence %s"
                  .formatted(at.step(), masks, figure(run.confidence(at))));
    }
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: another one was drawn from %d masks, each as probable."
                  .formatted(at.step(), 1 + run.count(at.step(), Event.KEPT_MASKED)));
    }
    assertThat(run.why(1, 5)).isEqualTo("Its block has not been reached yet.");
  }

  @Test
  void byChanceABlockIsUnmaskedAtTheRateOfItsTimes() {
    RunOf run = RunOf.sampler("bd3lm", "block-size", "4", "first-hitting", "false");
    for (Happened at : run.all(Event.KEPT_MASKED)) {
      double t = run.trace().state(at.step() - 1).time();
      double s = run.trace().state(at.step()).time();
      assertThat(run.why(at))
          .isEqualTo(
              "Kept masked at step %d: it is unmasked with a chance of %s, and the mask was drawn."
                  .formatted(at.step(), figure((t - s) / t)));
    }
  }

  // Edit

  @Test
  void anEditSaysWhichThresholdItsReplacementReached() {
    RunOf run = RunOf.with(9, "llada2", "threshold", "0.4", "editing-threshold", "0.6");
    assertThat(run.all(Event.EDITED)).isNotEmpty();
    for (Happened at : run.all(Event.EDITED)) {
      assertThat(run.confidence(at)).isGreaterThan(0.6f);
      assertThat(run.why(at))
          .isEqualTo(
              "Edited at step %d: “%s” became “%s”; “%s” had confidence %s, which reached the threshold for changes %s."
                  .formatted(
                      at.step(),
                      run.before(at),
                      run.after(at),
                      run.after(at),
                      apart(run.confidence(at), 0.6f),
                      apart(0.6f, run.confidence(at))));
    }
  }

  @Test
  void anEditByChanceSaysItsChance() {
    RunOf run = RunOf.sampler("gidd", "steps", "8");
    assertThat(run.all(Event.EDITED)).isNotEmpty();
    for (Happened at : run.all(Event.EDITED)) {
      assertThat(run.why(at))
          .isEqualTo(
              "Edited at step %d: “%s” became “%s”; it is changed with a chance of %s, and “%s” was drawn."
                  .formatted(
                      at.step(),
                      run.before(at),
                      run.after(at),
                      figure(run.grounds(at.step()).chance(at.position())),
                      run.after(at)));
    }
  }

  // Uniform

  @ParameterizedTest
  @ValueSource(strings = {"udlm", "duo", "psi"})
  void underUniformNoiseEveryChangeHasAChance(String sampler) {
    RunOf run = RunOf.sampler(sampler, "steps", "6");
    assertThat(run.all(Event.EDITED)).isNotEmpty();
    for (Happened at : run.all(Event.EDITED)) {
      float chance = run.grounds(at.step()).chance(at.position());
      assertThat(chance).isStrictlyBetween(0f, 1.0001f);
      assertThat(run.why(at))
          .contains(
              "it is changed with a chance of %s, and “%s” was drawn."
                  .formatted(figure(chance), run.after(at)));
    }
  }

  @Test
  void whatIsNotTakenBecomesNoiseAgain() {
    RunOf run = RunOf.sampler("uniform-block-refinement", "steps", "4", "threshold", "0.9");
    int noised = 0;
    for (Happened at : run.all(Event.EDITED)) {
      boolean taken = run.after(at).equals(run.predicted(at));
      noised += taken ? 0 : 1;
      assertThat(run.why(at))
          .contains(
              "“%s” had confidence %s, ".formatted(run.predicted(at), two(run.confidence(at))));
      if (!taken) {
        assertThat(run.why(at)).contains("; the quota was 3, so it became noise again.");
      }
    }
    assertThat(noised).isPositive();
  }

  @Test
  void whatIsTakenKeepsWithinTheBoundOfEntropy() {
    RunOf run = RunOf.with(9, "entropy-bounded", "steps", "6", "entropy-bound", "2");
    for (Happened at : run.all(Event.EDITED)) {
      float own = run.confidence(at);
      float[] all = run.record(at.step()).decision().confidence();
      double surer =
          IntStream.range(0, all.length).filter(p -> all[p] > own).mapToDouble(p -> -all[p]).sum();
      assertThat(run.why(at))
          .contains(
              "the surer tokens have an entropy of %s together, %s the bound 2.00%s."
                  .formatted(
                      two(surer),
                      surer <= 2 ? "within" : "over",
                      surer <= 2 ? "" : ", so it became noise again"));
    }
  }

  // Every family

  /** Of no sampler is it said that the recording does not tell why it put or left a mask. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llada",
        "fast-dllm",
        "dinfer",
        "dream",
        "dream-threshold",
        "maskgit",
        "halton-maskgit",
        "llada2",
        "wino",
        "p2",
        "mdlm",
        "remdm-conf",
        "remdm-loop",
        "first-hitting",
        "bert",
        "bd3lm",
        "gidd",
        "sedd-euler",
        "d3pm"
      })
  void everySamplerTells(String sampler) {
    RunOf run = RunOf.sampler(sampler);
    for (Event event : List.of(Event.COMMITTED, Event.KEPT_MASKED, Event.REMASKED, Event.EDITED)) {
      for (Happened at : run.all(event)) {
        assertThat(run.why(at)).doesNotContain("does not tell");
      }
    }
  }

  @Test
  void whatABranchsUserSetIsNoDecisionOfItsSampler() {
    TokenRun run = RunOf.start(5, "llada", "steps", "6");
    run.finish(_ -> {});
    int position =
        IntStream.range(2, 14)
            .filter(p -> run.trace().state(3).tokens()[p] == RunOf.MASK)
            .findFirst()
            .orElseThrow();
    int lost = committedAfter(run.trace(), 2);
    int late = committedAfter(run.trace(), 3);
    Branch branch =
        new Branch(
            new Parent("0".repeat(64), 3),
            3,
            List.of(
                new Edit(Edit.Kind.SET, position, 5),
                new Edit(Edit.Kind.SET, lost, RunOf.MASK),
                new Edit(Edit.Kind.SET, late, RunOf.MASK)),
            Optional.empty(),
            Map.of(),
            OptionalLong.empty());
    TokenRun on = TokenRun.resume(RunOf.model(5), branch.of(run.trace(), RunOf.model(5)), 3);
    on.finish(_ -> {});
    assertThat(why(on.trace(), 3, position)).isEqualTo("Set by the user after step 3.");
    assertThat(why(on.trace(), 5, position)).isEqualTo("Set by the user after step 3.");
    assertThat(why(on.trace(), 3, lost))
        .startsWith("Remasked by the user after step 3, from “")
        .endsWith("It was committed at step 2.");
    assertThat(why(on.trace(), 3, late)).isEqualTo("Remasked by the user after step 3.");
  }

  /** A position that the step filled which is counted from 1. */
  private static int committedAfter(Trace<TokenState, TokenRecord> trace, int step) {
    return IntStream.range(2, 14)
        .filter(p -> trace.state(step - 1).tokens()[p] == RunOf.MASK)
        .filter(p -> trace.state(step).tokens()[p] != RunOf.MASK)
        .findFirst()
        .orElseThrow();
  }

  private static String why(Trace<TokenState, TokenRecord> trace, int step, int position) {
    return Inspection.of(Frame.of(History.of(trace), step).selecting(position)).why();
  }

  @Test
  void beforeAnythingIsDecidedNoReasonIsGiven() {
    RunOf run = RunOf.sampler("llada", "steps", "4");
    Happened at = run.all(Event.COMMITTED).getFirst();
    Frame undecided =
        Frame.of(run.history(), at.step()).in(Phase.PREDICTED).selecting(at.position());
    assertThat(undecided.moment().looks()[at.position()]).isEqualTo(Look.KEPT_MASKED);
    assertThat(Inspection.of(undecided).why())
        .isEqualTo(
            "Step %d predicts “%s” with confidence %s; nothing is decided yet."
                .formatted(at.step(), run.predicted(at), two(run.confidence(at))));
  }

  /** By counting: how many of the step's scores are greater. */
  private static int rank(RunOf run, Happened at) {
    float[] all = run.record(at.step()).decision().confidence();
    return 1
        + (int) IntStream.range(0, all.length).filter(p -> all[p] > run.confidence(at)).count();
  }

  private static String place(RunOf run, Happened at) {
    float[] all = run.record(at.step()).decision().confidence();
    long asked = IntStream.range(0, all.length).filter(p -> !Float.isNaN(all[p])).count();
    int rank = rank(run, at);
    String ordinal = rank == 1 ? "1st" : rank == 2 ? "2nd" : rank == 3 ? "3rd" : rank + "th";
    return ordinal + " of " + asked;
  }

  /** With as many digits as tell it from the other. */
  private static String apart(float value, float other) {
    int digits = 2;
    while (digits < 9 && with(digits, value).equals(with(digits, other))) {
      digits++;
    }
    return with(digits, value);
  }

  /** As many digits as tell it from the other, and two at least that are not 0. */
  private static String against(float value, float other) {
    String apart = apart(value, other);
    return apart.length() > with(2, value).length() ? apart : figure(value);
  }

  private static String with(int digits, float value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Two digits that are not 0, as the inspector gives figures. */
  private static String figure(double value) {
    int digits = 2;
    while (digits < 9 && value != 0 && Math.abs(value) < 0.5 * Math.pow(10, 1 - digits)) {
      digits++;
    }
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
