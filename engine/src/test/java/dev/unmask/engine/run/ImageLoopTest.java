package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.Pixels;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageState;
import dev.unmask.engine.sampler.image.WalkBack;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageLoopTest {
  private static final NormalPixels DENOISER = new NormalPixels(4);
  private static final int[] LABELS = {0, 1};
  private static final long SEED = 3;

  private static float[] noise() {
    return Normals.draw(8, Purpose.START, new Philox(SEED, 0));
  }

  @Test
  void guidancePushesAwayFromWhatNoClassWouldBe() {
    ImageSampler chain = new WalkBack(0.5, 2);
    Corruption corruption = chain.corruption(0);
    float[] x = noise();
    float[] asked = DENOISER.clean(x, corruption, LABELS);
    float[] unasked = DENOISER.clean(x, corruption, new int[] {2, 2});
    ImageState start = ImageState.start(0, x, 2);
    var free = new ImageLoop(DENOISER, chain, LABELS, 0);
    assertThat(free.step(start, new Philox(SEED, 0)).predicted()).isEqualTo(asked);
    assertThat(free.evaluations()).isEqualTo(1);
    var guided = new ImageLoop(DENOISER, chain, LABELS, 1.5);
    assertThat(guided.step(start, new Philox(SEED, 0)).predicted())
        .isEqualTo(Pixels.each(8, i -> asked[i] + 1.5f * (asked[i] - unasked[i])));
    assertThat(guided.evaluations()).isEqualTo(2);
  }

  @Test
  void guidanceAsksWithAndWithoutLabelsInOneBatch() {
    List<int[]> asked = new ArrayList<>();
    var guided = new ImageLoop(new Noting(asked), new WalkBack(0.5, 2), LABELS, 1.5);
    guided.step(ImageState.start(0, noise(), 2), new Philox(SEED, 0));
    assertThat(asked).containsExactly(new int[] {0, 1, 2, 2});
  }

  /** Notes what labels were asked for. */
  private record Noting(List<int[]> asked) implements ImageDenoiser {
    @Override
    public ImageShape shape() {
      return DENOISER.shape();
    }

    @Override
    public int classes() {
      return DENOISER.classes();
    }

    @Override
    public boolean undoes(Corruption corruption) {
      return DENOISER.undoes(corruption);
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      asked.add(labels);
      return DENOISER.clean(x, corruption, labels);
    }

    @Override
    public void close() {}
  }

  @Test
  void endsWhereARunEnds() {
    for (ImageSamplerKind kind : ImageSamplers.ALL) {
      if (kind.beginning() == ImageSamplerKind.Beginning.NOISE
          && !kind.name().equals("walk-back")) {
        var loop = new ImageLoop(DENOISER, kind.create(Map.of("steps", "6")), LABELS, 0.5);
        ImageState start = ImageState.start(0, loop.sampler().start(noise()), 2);
        assertThat(loop.end(start, SEED).x()).as(kind.name()).isEqualTo(runsEnd(kind));
      }
    }
  }

  private static float[] runsEnd(ImageSamplerKind kind) {
    var model = new RunModel.Images(new TraceHeader.Model("normal", ""), DENOISER);
    var plan =
        new AskedImages(kind, Map.of("steps", "6"), List.of(0, 1), 0.5, SEED, Optional.empty());
    ImageRun run = plan.start(model);
    while (!run.finished()) {
      run.step();
    }
    return run.trace().state(run.trace().steps()).x();
  }
}
