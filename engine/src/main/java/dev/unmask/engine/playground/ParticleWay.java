package dev.unmask.engine.playground;

import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ImageProcess;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How particles move between data and noise. */
public sealed interface ParticleWay {
  /** The noise that comes or goes. */
  ProcessKind process();

  /**
   * Where they are, in the order in which they are there.
   *
   * @throws dev.unmask.engine.InputException if the settings do not fit together
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  List<ParticlePoint> points(PlaneData data, int particles, long seed);

  /**
   * From data to noise. The noise of a particle is drawn once and grows with σ(t), as in q(x_t |
   * x_0): a way of seeing the marginals, not a walk of the SDE.
   *
   * @param process Gaussian
   * @param steps K, evenly in t
   */
  record Noising(ProcessKind process, int steps) implements ParticleWay {
    @Override
    public List<ParticlePoint> points(PlaneData data, int particles, long seed) {
      Mixture mixture = data.mixture();
      ImageProcess gaussian = process.gaussian().orElseThrow();
      float[] start = mixture.draw(particles, new Philox(seed, 0));
      float[] noise = Normals.draw(2 * particles, Purpose.NOISE, new Philox(seed, 0));
      return IntStream.rangeClosed(0, steps)
          .mapToDouble(i -> (double) i / steps)
          .mapToObj(
              t ->
                  ParticlePoint.of(mixture, t, gaussian.at(t), gaussian.corrupted(start, noise, t)))
          .toList();
    }
  }

  /**
   * From noise to data, by an image sampler with the exact x̂0.
   *
   * @param sampler that starts from noise
   * @param settings by name; the defaults for those not given
   */
  record Sampling(ImageSamplerKind sampler, Map<String, String> settings) implements ParticleWay {
    @Override
    public ProcessKind process() {
      return sampler.process(settings);
    }

    @Override
    public List<ParticlePoint> points(PlaneData data, int particles, long seed) {
      var model =
          new RunModel.Images(
              new TraceHeader.Model(data.title(), ""), new MixtureDenoiser(data.mixture()));
      var start = new Start.Images(Collections.nCopies(particles, 0));
      var plan = new RunPlan<>(sampler, settings, seed);
      ImageRun run = ImageRun.start(model, start, plan);
      while (!run.finished()) {
        run.step();
      }
      return IntStream.rangeClosed(0, run.trace().steps())
          .mapToObj(index -> point(data.mixture(), run.trace(), index))
          .toList();
    }

    /** In units of the process, whatever those of the sampler are. */
    private ParticlePoint point(Mixture mixture, Trace<BatchState, ImageRecord> trace, int index) {
      BatchState state = trace.state(index);
      double time = state.time();
      double alpha = state.alpha();
      double sigma = state.sigma();
      double scale =
          process()
              .gaussian()
              .filter(gaussian -> !Double.isNaN(time))
              .map(gaussian -> gaussian.at(time))
              .map(at -> StrictMath.hypot(at.alpha(), at.sigma()) / StrictMath.hypot(alpha, sigma))
              .orElse(1.0);
      float[] x = state.x().clone();
      for (int i = 0; i < x.length; i++) {
        x[i] *= (float) scale;
      }
      var noise = new Corruption.Gaussian(scale * alpha, scale * sigma);
      return ParticlePoint.of(mixture, time, noise, x);
    }
  }
}
