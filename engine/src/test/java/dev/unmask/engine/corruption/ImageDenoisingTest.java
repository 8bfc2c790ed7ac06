package dev.unmask.engine.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageDenoisingTest {
  private static final int STEPS = 10;
  private static final BatchShape SHAPE = new BatchShape(2, 1, 8, 8);
  private static final TraceHeader.Model MODEL = new TraceHeader.Model("one", "");

  @ParameterizedTest
  @EnumSource
  void whatIsAlmostAllNoiseComesBackIfTheModelKnowsIt(ProcessKind process) {
    Trace<BatchState, ImageRecord> forward = forward(process, 9);
    ImageDenoising denoising = ImageDenoising.from(forward);
    ImageRun run = denoising.start(model(8), denoising.sampler(), Map.of(), 0, 1);
    if (process != ProcessKind.MASKING) {
      assertThat(run.trace().state(0).time()).isCloseTo(0.9, within(0.03));
    }
    assertThat(run.trace().header().noise()).isEqualTo(process.word());
    while (!run.finished()) {
      run.step();
    }
    ImageRestoration restored = denoising.restored(run.trace().state(run.trace().steps()).x());
    assertThat(restored.squaredError()).isLessThan(1e-3);
    assertThat(restored.returned()).isGreaterThan(0.99);
    assertThat(restored.corrupted()).isLessThan(0.8);
    assertThat(restored.sentence()).contains("as it came back");
  }

  @ParameterizedTest
  @EnumSource
  void theWayIntoNoiseBeginsCleanAndHasTheSameNoiseAtAnyTime(ProcessKind process) {
    Trace<BatchState, ImageRecord> forward = forward(process, STEPS);
    assertThat(forward.state(0).x()).isEqualTo(rising());
    assertThat(forward.steps()).isEqualTo(STEPS);
    assertThat(forward.state(3).time()).isEqualTo(0.3);
    assertThat(forward.step(0).predicted()).isEmpty();
    float[] early = ImageDenoising.from(forward(process, 3)).noise();
    float[] late = ImageDenoising.from(forward(process, 7)).noise();
    for (int i = 0; i < early.length; i++) {
      if (process == ProcessKind.MASKING) {
        assertThat(late[i]).isLessThanOrEqualTo(early[i]);
      } else {
        assertThat(late[i]).isCloseTo(early[i], within(1e-3f));
      }
    }
  }

  @Test
  void masksAsManyPixelsAsTheTimeSays() {
    float[] gone = ImageDenoising.from(forward(ProcessKind.MASKING, 5)).noise();
    int masked = 0;
    for (float number : gone) {
      masked += number < 0 ? 1 : 0;
    }
    assertThat(masked).isBetween(48, 80);
  }

  @Test
  void correlationIsThatOfPearson() {
    var same = ImageRestoration.of(rising(), new float[128], rising());
    assertThat(same).isEqualTo(new ImageRestoration(0, 1, 0));
    float[] falling = rising();
    for (int i = 0; i < falling.length; i++) {
      falling[i] = 1 - 2 * falling[i];
    }
    assertThat(ImageRestoration.of(rising(), falling, falling).corrupted())
        .isCloseTo(-1, within(1e-6));
  }

  @Test
  void refusesWhatDoesNotFitInASentence() {
    refuses(forward(ProcessKind.VP_COSINE, 0), "ddim", 8, "no corruption of images");
    refuses(forward(ProcessKind.VP_COSINE, 5), "flow-euler", 8, "choose ddim");
    refuses(forward(ProcessKind.MASKING, 5), "euler", 8, "choose walk-back");
    refuses(forward(ProcessKind.VP_COSINE, 5), "ddim", 4, "choose the model one");
    refuses(forward(ProcessKind.VP_COSINE, 5), "dimm", 8, "no image sampler");
    ImageDenoising slight = ImageDenoising.from(forward(ProcessKind.VP_COSINE, 1));
    Map<String, String> few = Map.of("steps", "2");
    assertThatThrownBy(() -> slight.start(model(8), "ddim", few, 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no step left");
    ImageRun run =
        ImageDenoising.from(forward(ProcessKind.FLOW, 5))
            .start(model(8), "flow-euler", Map.of(), 0, 1);
    refuses(run.trace(), "ddim", 8, "no corruption of images");
  }

  private static void refuses(
      Trace<BatchState, ImageRecord> trace, String sampler, int size, String words) {
    assertThatThrownBy(() -> ImageDenoising.from(trace).start(model(size), sampler, Map.of(), 0, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  private static Trace<BatchState, ImageRecord> forward(ProcessKind process, int last) {
    return ImageCorruption.of(SHAPE, rising(), process, 5).trace(MODEL, "a test", STEPS, last);
  }

  private static float[] rising() {
    float[] x = new float[SHAPE.values()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i % 64) / 32f - 0.97f;
    }
    return x;
  }

  private static RunModel.Images model(int size) {
    return new RunModel.Images(MODEL, new OneImage(size));
  }

  /** The exact denoiser where there is one image. */
  private record OneImage(int size) implements ImageDenoiser {
    @Override
    public ImageShape shape() {
      return new ImageShape(1, size, size);
    }

    @Override
    public int classes() {
      return 0;
    }

    @Override
    public boolean undoes(Corruption corruption) {
      return true;
    }

    @Override
    public float[] clean(float[] x, Corruption corruption, int[] labels) {
      return rising();
    }

    @Override
    public void close() {}
  }
}
