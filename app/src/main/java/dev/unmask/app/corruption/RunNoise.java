package dev.unmask.app.corruption;

import dev.unmask.app.corruption.CurvesPainter.Curves;
import dev.unmask.app.picture.Frame;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The noise of a run on its last text, which stays the same while the playhead moves.
 *
 * @param clean the last text
 * @param free its positions that were not given
 * @param text what noise makes of those
 * @param alpha from t = 0 to 1
 */
record RunNoise(
    TraceHeader header,
    NoiseKind kind,
    int[] clean,
    int[] free,
    TokenCorruption text,
    double[] alpha) {
  /** Steps of the noise. */
  private static final int STEPS = 64;

  /** Of the run that a frame shows; empty if there is no text yet. */
  static Optional<RunNoise> of(Frame frame) {
    TraceHeader header = frame.trace().header();
    TokenState last = frame.last().state();
    boolean uniform = header.noise().equals(NoiseKind.UNIFORM.word());
    NoiseKind kind = uniform ? NoiseKind.UNIFORM : NoiseKind.ABSORBING;
    int size = header.tokens().vocabulary().size();
    int[] free =
        IntStream.range(0, last.length())
            .filter(i -> !Mark.given(last.marks()[i]))
            .filter(i -> last.tokens()[i] >= 0 && last.tokens()[i] < size)
            .filter(i -> last.tokens()[i] != header.tokens().maskId())
            .toArray();
    // An imported trace may know neither its mask nor all of its vocabulary.
    boolean known = header.tokens().maskId() >= 0 && header.tokens().maskId() < size;
    if (free.length == 0 || kind == NoiseKind.ABSORBING && !known) {
      return Optional.empty();
    }
    int[] tokens = Arrays.stream(free).map(i -> last.tokens()[i]).toArray();
    var noise = new Noise(kind, NoiseSchedule.LOG_LINEAR, STEPS, 1);
    TokenCorruption text = noise.of(Alphabet.of(header), tokens, header.seed());
    return Optional.of(
        new RunNoise(header, kind, last.tokens(), free, text, Curves.of(text).alpha()));
  }

  /** What it leaves at a t. */
  NoisedRun at(double time) {
    int[] noisy = whole(text.at((int) Math.round(time * STEPS)));
    int[] last = whole(text.at(STEPS));
    return new NoisedRun(
        kind,
        time,
        NoisedWord.of(clean, noisy, last, header.tokens().maskId(), header.tokens()::text),
        alpha);
  }

  /** The last text, with what noise leaves of the positions that were not given. */
  private int[] whole(int[] left) {
    int[] noisy = clean.clone();
    for (int i = 0; i < free.length; i++) {
      noisy[free[i]] = left[i];
    }
    return noisy;
  }
}
