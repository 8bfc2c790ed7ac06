package dev.unmask.app.cli;

import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TokenStep;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceRecorder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A trace of random tokens, to measure with: every step predicts all masks, commits its share of
 * them and now and then takes a token back. It is the same every time.
 */
record LargeTrace(int tokens, int steps) {
  private static final int VOCABULARY = 4096;
  private static final int MASK = 0;
  private static final double TAKEN_BACK = 0.001;

  Path write(Path folder) {
    Path file = folder.resolve("large" + TraceFile.EXTENSION);
    var random = new SplittableRandom(7);
    TokenState state =
        new TokenState(0, new int[tokens], new byte[tokens], 1, 0, new long[0], Map.of());
    Trace<TokenState, TokenRecord> none = new RecordedTrace<>(header(), state);
    try (var recorder = TraceRecorder.create(file, none)) {
      for (int step = 0; step < steps; step++) {
        TokenRecord record = step(state, random);
        recorder.append(record);
        state = record.decision().next();
      }
      recorder.finish();
    }
    return file;
  }

  private TraceHeader header() {
    List<String> words =
        IntStream.range(0, VOCABULARY).mapToObj(i -> i == MASK ? "[MASK]" : " w" + i).toList();
    return new TraceHeader(
        new TraceHeader.Model("random", "0".repeat(64)),
        new TraceHeader.Tokens(words, MASK, tokens, Candidates.KEPT),
        "absorbing",
        "none",
        7,
        List.of(),
        Optional.empty(),
        Optional.of("unmask bench"),
        TraceHeader.VERSION);
  }

  private TokenRecord step(TokenState before, SplittableRandom random) {
    int[] predicted = new int[tokens];
    float[] confidence = new float[tokens];
    float[] entropy = new float[tokens];
    int[] ids = new int[tokens * Candidates.KEPT];
    float[] probabilities = new float[ids.length];
    Arrays.fill(predicted, -1);
    Arrays.fill(confidence, Float.NaN);
    Arrays.fill(entropy, Float.NaN);
    Arrays.fill(ids, -1);
    int[] next = before.tokens().clone();
    double share = 1.0 / (steps - before.step());
    for (int p = 0; p < tokens; p++) {
      if (next[p] != MASK) {
        next[p] = random.nextDouble() < TAKEN_BACK ? MASK : next[p];
        continue;
      }
      predicted[p] = 1 + random.nextInt(VOCABULARY - 1);
      confidence[p] = (float) random.nextDouble();
      entropy[p] = 8 * (1 - confidence[p]);
      for (int k = 0; k < Candidates.KEPT; k++) {
        int slot = p * Candidates.KEPT + k;
        ids[slot] = k == 0 ? predicted[p] : 1 + random.nextInt(VOCABULARY - 1);
        probabilities[slot] = (float) (confidence[p] * StrictMath.pow(0.5, k));
      }
      next[p] = random.nextDouble() < share ? predicted[p] : MASK;
    }
    int step = before.step() + 1;
    double time = 1 - (double) step / steps;
    var state = new TokenState(step, next, before.marks(), time, step, new long[0], Map.of());
    var candidates = new Candidates(Candidates.KEPT, ids, probabilities);
    return new TokenRecord(new TokenStep(predicted, confidence, state), entropy, candidates, -1);
  }
}
