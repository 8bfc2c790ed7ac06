package dev.unmask.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.checkpoint.ImageNoise;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.denoiser.unet.Classifier;
import dev.unmask.engine.denoiser.unet.ClassifierWeights;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.training.LabelledImages;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleScoreTest {
  private static final int COUNT = 60;
  private static final int SIZE = 16;

  private final HostTensors ops = new HostTensors(1);
  private Classifier classifier;
  private LabelledImages images;

  @BeforeEach
  void fill() {
    Random random = new Random(2);
    ClassifierWeights weights = new ClassifierWeights(ops, new UNetShape(4, 4, 1, 2, 4, 32, 1));
    for (Parameter parameter : weights.all()) {
      float[] values = new float[parameter.rows() * parameter.columns()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(parameter.columns()));
      }
      ops.write(parameter.weight(), 0, values);
    }
    classifier = new Classifier(ops, weights, 7);
    byte[] pixels = new byte[COUNT * SIZE];
    random.nextBytes(pixels);
    images = new LabelledImages(4, 4, pixels, new byte[COUNT]);
  }

  @AfterEach
  void close() {
    ops.close();
  }

  @Test
  void imagesThemselvesAreNearerThanOthersAndBlackIsFar() {
    SampleScore same = SampleScore.of(classifier, images.first(COUNT - 2), COUNT - 2, images);
    SampleScore half = SampleScore.of(classifier, images.first(COUNT / 2), COUNT / 2, images);
    float[] dark = new float[COUNT / 2 * SIZE];
    SampleScore black = SampleScore.of(classifier, dark, COUNT / 2, images);
    assertThat(same.frechet()).isLessThan(0.1);
    assertThat(same.frechet()).isLessThan(half.frechet());
    assertThat(half.frechet()).isLessThan(half.floor());
    assertThat(black.frechet()).isGreaterThan(10 * half.frechet());
    assertThat(black.floor()).isEqualTo(half.floor());
  }

  @Test
  void aClassThatIsAskedForIsRightWhereTheClassifierTellsIt() {
    float[][] logits = classifier.logits(images.first(7));
    byte[] told = new byte[COUNT];
    for (int i = 0; i < 7; i++) {
      told[i] = (byte) (logits[i][1] > logits[i][0] ? 1 : 0);
    }
    LabelledImages labelled = new LabelledImages(4, 4, images.pixels(), told);
    assertThat(SampleScore.of(classifier, images.first(7), 7, labelled).asked()).isEqualTo(1);
    told[0] = (byte) (1 - told[0]);
    assertThat(SampleScore.of(classifier, images.first(7), 7, labelled).asked())
        .isCloseTo(6 / 7.0, within(1e-9));
  }

  /** DDIM ends at what a denoiser without doubt tells, whatever the noise. */
  @Test
  void samplesAreWhatTheDenoiserTells() {
    float[] drawn =
        new ImageSampling(5, 0.5, 3).draw(new ByLabel(), ImageNoise.Gaussian.DDPM, labels());
    for (int i = 0; i < drawn.length; i++) {
      assertThat(drawn[i])
          .isCloseTo(labels()[i / 2] * 0.3f + 0.15f * labels()[i / 2], within(1e-6f));
    }
  }

  private static int[] labels() {
    int[] labels = new int[53];
    labels[1] = 1;
    labels[52] = 2;
    return labels;
  }

  /** Images of two pixels, the lighter the greater the class; black if none is asked for. */
  private static final class ByLabel implements ImageDenoiser {
    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 2);
    }

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public boolean undoes(Corruption corruption) {
      return true;
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      float[] clean = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        clean[i] = labels[i / 2] == 3 ? 0 : 0.3f * labels[i / 2];
      }
      return clean;
    }

    @Override
    public void close() {}
  }
}
