package dev.unmask.engine.convert;

import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file tells of a run.
 *
 * @param format what it is, with the tools that write it
 * @param states S + 1 of them, none shorter than the one before it
 * @param predicted x̂0 of each of the S steps, −1 where it is not known; empty if none is
 * @param confidence of each step, NaN where it is not known; empty if none is
 * @param maskId if it is known
 * @param fromStart whether the first state is the one before any step, so that what is no mask
 *     there was given
 * @param promptLength if it is known and the prompt is among the tokens
 * @param texts of tokens, by id
 * @param model its name, or empty
 * @param remark what a reader must know, or empty
 */
record Draft(
    String format,
    List<int[]> states,
    List<int[]> predicted,
    List<float[]> confidence,
    Optional<Integer> maskId,
    boolean fromStart,
    Optional<Integer> promptLength,
    Map<Integer, String> texts,
    String model,
    String remark) {
  /** States × positions, at most: more do not fit into memory. */
  static final long MOST_CELLS = 1 << 24;

  /** States, at most: each takes more room than its positions, however few these are. */
  static final int MOST_STATES = 1 << 16;

  /** The noise where there is a mask, as traces write it. */
  private static final String ABSORBING = "absorbing";

  /** Nothing but states. */
  static Draft of(String format, List<int[]> states, Choices choices) {
    return new Draft(
        format,
        states,
        List.of(),
        List.of(),
        choices.maskId(),
        false,
        choices.promptLength(),
        Map.of(),
        "",
        "");
  }

  /** The same with what the steps predicted. */
  Draft predicting(List<int[]> ids, List<float[]> scores) {
    return new Draft(
        format, states, ids, scores, maskId, fromStart, promptLength, texts, model, remark);
  }

  /** The same with a mask. */
  Draft masked(Optional<Integer> mask, String why) {
    return new Draft(
        format, states, predicted, confidence, mask, fromStart, promptLength, texts, model, why);
  }

  /** The same, where the first state is the one before any step. */
  Draft fromItsStart(Optional<Integer> prompt) {
    return new Draft(
        format, states, predicted, confidence, maskId, true, prompt, texts, model, remark);
  }

  /** The same with names. */
  Draft named(Map<Integer, String> tokens, String modelName) {
    return new Draft(
        format,
        states,
        predicted,
        confidence,
        maskId,
        fromStart,
        promptLength,
        tokens,
        modelName,
        remark);
  }

  /** As a trace. */
  Imported imported(ForeignFile file, Choices choices) {
    checkStates(file, states);
    int length = states.getLast().length;
    checkPrompt(file, length);
    byte[] marks = marks(file, length);
    List<String> vocabulary = new Texts(texts, choices.vocabulary()).upTo(file, this);
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model(model, ""),
            new TraceHeader.Tokens(vocabulary, maskId.orElse(-1), length, 0),
            maskId.isPresent() ? ABSORBING : "",
            "none",
            0,
            List.of(),
            Optional.empty(),
            Optional.of(source(file)),
            "");
    RecordedTrace<TokenState, TokenRecord> trace = new RecordedTrace<>(header, state(0, marks));
    float[] unknown = new float[length];
    Arrays.fill(unknown, Float.NaN);
    int[] nothing = padded(new int[0], length);
    for (int step = 0; step + 1 < states.size(); step++) {
      int[] ids = predicted.isEmpty() ? nothing : predicted.get(step);
      float[] scores = confidence.isEmpty() ? unknown : confidence.get(step);
      trace.append(step(ids, scores, unknown, state(step + 1, marks)));
    }
    return new Imported(trace, known(marks));
  }

  /**
   * Refuses states that are no run's, before anything is made as long as the last of them.
   *
   * @param states at least one
   */
  static void checkStates(ForeignFile file, List<int[]> states) {
    int length = states.getLast().length;
    if (length == 0) {
      throw file.bad("its states hold no token");
    }
    if (states.size() > MOST_STATES || (long) length * states.size() > MOST_CELLS) {
      throw file.bad(
          "it has %d states of %d tokens, more than can be shown".formatted(states.size(), length));
    }
    for (int i = 1; i < states.size(); i++) {
      int before = states.get(i - 1).length;
      if (states.get(i).length < before) {
        throw file.bad(
            "state %d has %d tokens where the one before it has %d"
                .formatted(i, states.get(i).length, before));
      }
    }
  }

  private void checkPrompt(ForeignFile file, int length) {
    if (promptLength.isPresent() && promptLength.get() > length) {
      throw file.bad(
          "the prompt is said to have %d tokens and there are %d"
              .formatted(promptLength.get(), length));
    }
  }

  private String source(ForeignFile file) {
    String name = format + ", " + file.path().getFileName();
    return remark.isEmpty() ? name : name + "; " + remark;
  }

  private Set<String> known(byte[] marks) {
    Set<String> known = new HashSet<>(Set.of("tokens"));
    if (fromStart && maskId.isPresent() || promptLength.isPresent()) {
      known.add("marks");
    }
    if (!predicted.isEmpty()) {
      known.add("predicted");
    }
    if (!confidence.isEmpty()) {
      known.add("confidence");
    }
    return Set.copyOf(known);
  }

  private byte[] marks(ForeignFile file, int length) {
    byte[] marks = new byte[length];
    promptLength.ifPresent(prompt -> Arrays.fill(marks, 0, prompt, Mark.PROMPT));
    if (fromStart && maskId.isPresent()) {
      int[] first = states.getFirst();
      int prompt = promptLength.orElse(leading(first, maskId.get()));
      for (int i = 0; i < first.length; i++) {
        if (first[i] != maskId.get() && first[i] >= 0) {
          marks[i] = i < prompt ? Mark.PROMPT : Mark.PINNED;
        }
      }
    }
    return marks;
  }

  private static int leading(int[] first, int mask) {
    int tokens = 0;
    while (tokens < first.length && first[tokens] != mask) {
      tokens++;
    }
    return tokens;
  }

  private TokenState state(int index, byte[] marks) {
    return new TokenState(
        index,
        padded(states.get(index), marks.length),
        marks,
        Double.NaN,
        index == 0 ? 0 : -1,
        new long[0],
        Map.of());
  }

  private static TokenRecord step(int[] ids, float[] scores, float[] unknown, TokenState next) {
    return new TokenRecord(
        new TokenStep(ids, scores, next), unknown, new Candidates(0, new int[0], new float[0]), -1);
  }

  /** With −1 where the sequence has not reached yet. */
  static int[] padded(int[] ids, int length) {
    int[] all = Arrays.copyOf(ids, length);
    Arrays.fill(all, ids.length, length, -1);
    return all;
  }
}
