package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A small trace with every column and every type of memory in it. */
final class HandMadeTrace {
  static final int LENGTH = 5;
  static final int MASK = 3;
  private static final int CANDIDATES = 2;

  private HandMadeTrace() {}

  static RecordedTrace<TokenState, TokenRecord> of(int steps) {
    Random random = new Random(steps);
    RecordedTrace<TokenState, TokenRecord> trace = new RecordedTrace<>(header(), state(0, random));
    for (int step = 1; step <= steps; step++) {
      trace.append(record(state(step, random), random));
    }
    return trace;
  }

  static TraceHeader header() {
    return new TraceHeader(
        new TraceHeader.Model("tiny", "00ff"),
        new TraceHeader.Tokens(
            List.of("a", " b", "\n", "[MASK]", "é\"\\"), MASK, LENGTH, CANDIDATES),
        "absorbing",
        "torch",
        42,
        List.of(
            new TraceHeader.Segment(
                0,
                "llada",
                Map.of("steps", 4, "temperature", 0.5, "remasking", "random", "flag", true),
                List.of(new TraceHeader.Edit(TraceHeader.Edit.Kind.BAN, 2, 1)))),
        Optional.of(new TraceHeader.Parent("abcd", 2)),
        Optional.of("a test"),
        "0.1.0");
  }

  private static TokenState state(int step, Random random) {
    int[] tokens = random.ints(LENGTH, -1, 5).toArray();
    byte[] marks = {Mark.PROMPT, 0, Mark.PINNED, 0, (byte) (Mark.PINNED | Mark.SET)};
    Map<String, Values> memory =
        Map.of(
            "doubles", new Values.F64(new double[] {random.nextDouble(), Double.NaN}),
            "floats", new Values.F32(new float[] {random.nextFloat()}),
            "longs", new Values.I64(new long[] {random.nextLong()}),
            "ints", new Values.I32(new int[] {random.nextInt(), 7, -1}),
            "bytes", new Values.U8(new byte[] {(byte) step}));
    return new TokenState(
        step, tokens, marks, 1 - step / 10.0, step, new long[] {step * 100L}, memory);
  }

  /** Of the first steps: all that can be told, one after the other; then nothing. */
  private static Grounds grounds(int step) {
    Grounds ranked = Grounds.of(Measure.PROBABILITY, Rule.RANK, 2).at(new int[] {1, 4}, LENGTH);
    return switch (step) {
      case 1 -> ranked.withQuota(1).withScore(Float.NaN, 0.5f, 0, Float.NaN, -1);
      case 2 -> ranked.withChance(0.25f).withDraw(Float.NaN, 0.125f, 0, 1, 0.5f);
      case 3 -> Grounds.of(Measure.MARGIN, Rule.THRESHOLD, LENGTH).withThreshold(0.9f);
      default -> Grounds.NONE;
    };
  }

  private static TokenRecord record(TokenState next, Random random) {
    float[] confidence = {0.5f, Float.NaN, 1, 0, -2.5f};
    float[] entropy = {random.nextFloat(), 0, Float.NaN, 2, 3};
    int[] ids = random.ints(LENGTH * CANDIDATES, 0, 5).toArray();
    float[] probabilities = {1, 0, 0.5f, 0.25f, 0, 0, 0.125f, 0.5f, 1, 0};
    int[] predicted = random.ints(LENGTH, -1, 5).toArray();
    TokenStep decision = new TokenStep(predicted, confidence, next, grounds(next.step()));
    return new TokenRecord(
        decision, entropy, new Candidates(CANDIDATES, ids, probabilities), next.step() - 2);
  }
}
