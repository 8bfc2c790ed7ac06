package dev.unmask.app.corruption;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The last text of a run under noise of its kind at the t of a step.
 *
 * @param kind masks, or any tokens
 * @param time t
 * @param alpha from t = 0 to 1
 */
public record NoisedRun(NoiseKind kind, double time, List<NoisedWord> words, double[] alpha) {
  /** Steps of the noise. */
  private static final int STEPS = 64;

  /** Of a frame; empty if there is no text yet. */
  public static Optional<NoisedRun> of(Frame frame) {
    TraceHeader header = frame.trace().header();
    TokenState last = frame.last().state();
    boolean uniform = header.noise().equals(NoiseKind.UNIFORM.word());
    NoiseKind kind = uniform ? NoiseKind.UNIFORM : NoiseKind.ABSORBING;
    int size = header.vocabulary().size();
    int[] free =
        IntStream.range(0, last.length())
            .filter(i -> !Mark.given(last.marks()[i]))
            .filter(i -> last.tokens()[i] >= 0 && last.tokens()[i] < size)
            .filter(i -> last.tokens()[i] != header.maskId())
            .toArray();
    // An imported trace may know neither its mask nor all of its vocabulary.
    boolean known = header.maskId() >= 0 && header.maskId() < size;
    if (free.length == 0 || kind == NoiseKind.ABSORBING && !known) {
      return Optional.empty();
    }
    int[] clean = Arrays.stream(free).map(i -> last.tokens()[i]).toArray();
    var noise = new Noise(kind, NoiseSchedule.LOG_LINEAR, STEPS, 1);
    TokenCorruption text = noise.of(Alphabet.of(header), clean, header.seed());
    double time = time(frame);
    int[] noisy = last.tokens().clone();
    int[] left = text.at((int) Math.round(time * STEPS));
    for (int i = 0; i < free.length; i++) {
      noisy[free[i]] = left[i];
    }
    return Optional.of(
        new NoisedRun(
            kind,
            time,
            NoisedWord.of(last.tokens(), noisy, header.maskId(), header::text),
            Curves.of(text).alpha()));
  }

  /** The t of the step, or where no t is recorded the share of masks. */
  public static double time(Frame frame) {
    int maskId = frame.trace().header().maskId();
    TokenState state = frame.state();
    double masked =
        Arrays.stream(state.tokens()).filter(token -> token == maskId).count()
            / (double) Math.max(1, state.length());
    return Math.clamp(Double.isNaN(state.time()) ? masked : state.time(), 0, 1);
  }
}
