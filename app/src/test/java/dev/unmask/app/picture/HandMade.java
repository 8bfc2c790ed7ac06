package dev.unmask.app.picture;

import dev.unmask.engine.sampler.api.BlockPosition;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Traces written down by hand. A row lists the tokens of a state; {@code _} is the mask. A row of
 * predictions does the same, and {@code -} stands where nothing was asked.
 */
public final class HandMade implements Trace<TokenState, TokenRecord> {
  /** K. */
  private static final int CANDIDATES = 2;

  private final TraceHeader header;
  private final List<TokenState> states = new ArrayList<>();
  private final List<TokenRecord> records = new ArrayList<>();
  private final List<String> vocabulary;

  /** A trace of no steps. */
  public HandMade(int given, String... start) {
    this("absorbing", given, start);
  }

  /** A trace of no steps, of some noise. */
  static HandMade of(String noise, int given, String... start) {
    return new HandMade(noise, given, start);
  }

  private HandMade(String noise, int given, String... start) {
    vocabulary = new ArrayList<>(List.of("_"));
    byte[] marks = new byte[start.length];
    Arrays.fill(marks, 0, given, Mark.PROMPT);
    header =
        new TraceHeader(
            new TraceHeader.Model("hand-made", "0".repeat(64)),
            new TraceHeader.Tokens(vocabulary, 0, start.length, CANDIDATES),
            noise,
            "none",
            7,
            List.of(new TraceHeader.Segment(0, "none", Map.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            "test");
    states.add(new TokenState(0, ids(start), marks, 1, 0, new long[0], Map.of()));
  }

  /** Adds a step; confidences go down from left to right, from 0.95. */
  public HandMade then(String[] predicted, String... next) {
    TokenState last = states.getLast();
    var confidence = new float[next.length];
    int[] prediction = ids(predicted);
    for (int p = 0; p < next.length; p++) {
      boolean asked = prediction[p] >= 0;
      confidence[p] = asked ? 0.95f - 0.9f * p / next.length : Float.NaN;
    }
    int step = last.step() + 1;
    double time = 1.0 - step / 8.0;
    var state = new TokenState(step, ids(next), last.marks(), time, step, new long[0], Map.of());
    var entropy = new float[next.length];
    records.add(
        new TokenRecord(
            new TokenStep(prediction, confidence, state),
            entropy,
            candidates(prediction, confidence),
            -1));
    states.add(state);
    return this;
  }

  /** Tells what decided in the step that was added last. */
  public HandMade because(Grounds grounds) {
    TokenRecord last = records.removeLast();
    TokenStep step = last.decision();
    records.add(
        new TokenRecord(
            new TokenStep(step.predicted(), step.confidence(), step.next(), grounds),
            last.entropy(),
            last.candidates(),
            last.context()));
    return this;
  }

  /** The story that the golden pictures show: every look, in two blocks, and odd characters. */
  public static HandMade story() {
    return new HandMade(2, "Once", " upon", "_", "_", "_", "_", "_", "_", "_", "_")
        .then(
            row("-", "-", " a", " time", ".", "\n", "-", "-", "-", "-"),
            row("Once", " upon", " a", "_", "_", "_", "_", "_", "_", "_"))
        .then(
            row("-", "-", "-", " cat", ",", "\n", "-", "-", "-", "-"),
            row("Once", " upon", " a", " cat", ",", "_", "_", "_", "_", "_"))
        .then(
            row("-", "-", "-", " time", "-", "\n", "-", "-", "-", "-"),
            row("Once", " upon", " a", " time", ",", "\n", "_", "_", "_", "_"))
        .then(
            row("-", "-", "-", "-", "-", "-", " שלום", "😀", "\u0007", " extraordinarily-long"),
            row("Once", " upon", " a", " time", "_", "\n", "_", "_", "_", " extraordinarily-long"))
        .then(
            row("-", "-", "-", "-", ".", "-", " שלום", "🙂", "\u0007", "-"),
            row(
                "Once",
                " upon",
                " a",
                " time",
                "_",
                "\n",
                " שלום",
                "_",
                "_",
                " extraordinarily-long"));
  }

  /** Two positions that start as noise: one is edited in the first and the third step. */
  public static HandMade ofUniformNoise() {
    return of("uniform", 0, "cat", "dog")
        .then(row("time", "dog"), "time", "dog")
        .then(row("time", "cat"), "time", "dog")
        .then(row("once", "dog"), "once", "dog");
  }

  /** What a sampler would plan for the story: 8 steps in two blocks. */
  public static Plan storyPlan() {
    return new Plan() {
      @Override
      public int steps(TokenState state) {
        return 8;
      }

      @Override
      public BlockPosition block(TokenState state) {
        return state.step() < 3 ? new BlockPosition(0, 2, 2, 6) : new BlockPosition(1, 2, 6, 10);
      }
    };
  }

  /** The story with its plan. */
  public static History history() {
    var history = new History(story(), storyPlan());
    history.grow();
    return history;
  }

  /** A row of predictions. */
  public static String[] row(String... tokens) {
    return tokens;
  }

  @Override
  public TraceHeader header() {
    return header;
  }

  @Override
  public int steps() {
    return records.size();
  }

  @Override
  public TokenState state(int index) {
    return states.get(index);
  }

  @Override
  public TokenRecord step(int index) {
    return records.get(index);
  }

  private int[] ids(String[] tokens) {
    int[] ids = new int[tokens.length];
    for (int p = 0; p < ids.length; p++) {
      if (!tokens[p].equals("-") && !vocabulary.contains(tokens[p])) {
        vocabulary.add(tokens[p]);
      }
      ids[p] = tokens[p].equals("-") ? -1 : vocabulary.indexOf(tokens[p]);
    }
    return ids;
  }

  private static Candidates candidates(int[] predicted, float[] confidence) {
    int[] ids = new int[2 * predicted.length];
    var probabilities = new float[ids.length];
    Arrays.fill(ids, -1);
    for (int p = 0; p < predicted.length; p++) {
      if (predicted[p] >= 0) {
        ids[2 * p] = predicted[p];
        ids[2 * p + 1] = 1;
        probabilities[2 * p] = confidence[p];
        probabilities[2 * p + 1] = (1 - confidence[p]) / 2;
      }
    }
    return new Candidates(CANDIDATES, ids, probabilities);
  }
}
