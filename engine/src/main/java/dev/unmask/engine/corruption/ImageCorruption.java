package dev.unmask.engine.corruption;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Optional;

/**
 * Images on their way into noise. Each value has one normal number, so that a later t adds more of
 * the same noise.
 *
 * @param clean image after image, channel after channel, line after line: [N × C × H × W], from −1
 *     (black) to 1 (white)
 * @param noise standard normal, shaped as they are
 */
public record ImageCorruption(
    BatchShape shape, float[] clean, float[] noise, ProcessKind process, long seed) {
  /** With the noise that a run of this seed starts from. */
  public static ImageCorruption of(
      BatchShape shape, float[] clean, ProcessKind process, long seed) {
    float[] noise = Normals.draw(clean.length, Purpose.START, new Philox(seed, 0));
    return new ImageCorruption(shape, clean, noise, process, seed);
  }

  /** x_t; at t = 0 the clean images, though VE has a little noise there. */
  public float[] at(double t) {
    return t == 0 ? clean : process.at(t).of(clean, noise);
  }

  /**
   * The way from t = 0 as a trace: nothing is predicted on it.
   *
   * @param model whose images have this size
   * @param source what the images are, in words
   * @param steps T, into which the time is cut
   * @param last the number of the last one, from 0 to T
   */
  public Trace<BatchState, ImageRecord> trace(
      TraceHeader.Model model, String source, int steps, int last) {
    TraceHeader header =
        new TraceHeader(
            model,
            new TraceHeader.Images(shape, List.of()),
            process.word(),
            "philox",
            seed,
            List.of(),
            Optional.empty(),
            Optional.of("forward corruption of " + source),
            TraceHeader.WRITER);
    RecordedTrace<BatchState, ImageRecord> trace = new RecordedTrace<>(header, batch(0));
    for (int step = 1; step <= last; step++) {
      BatchState next = batch((double) step / steps);
      trace.append(new ImageRecord(Optional.empty(), Optional.empty(), next, 0));
    }
    return trace;
  }

  private BatchState batch(double t) {
    float[] x = at(t);
    if (!(process.at(t) instanceof Corruption.Gaussian(double alpha, double sigma))) {
      return new BatchState(x, t, Double.NaN, Double.NaN);
    }
    return t == 0 ? new BatchState(x, 0, 1, 0) : new BatchState(x, t, alpha, sigma);
  }
}
