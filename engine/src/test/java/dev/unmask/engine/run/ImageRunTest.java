package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.random.Normals;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import dev.unmask.engine.sampler.api.ImageSamplerKind.Beginning;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every listed sampler with exact denoisers: what comes out must be as theory says. */
class ImageRunTest {
  private static final int PIXELS = 4_000;
  private static final int NONE = 2;

  /** Consistency models say where the ODE ends; the exact x̂0 is a mean, so these narrow. */
  private static final List<String> NEED_A_CONSISTENCY_MODEL = List.of("lcm", "consistency");

  private static final Map<String, Map<String, String>> FINE =
      Map.of(
          "annealed-langevin", Map.of("steps-each", "20"),
          "ddpm", Map.of("steps", "1000"),
          "predictor-corrector", Map.of("steps", "300"),
          "diffusion-2015", Map.of("steps", "1000"),
          "probability-flow", Map.of("steps", "1000"),
          "euler", Map.of("steps", "200"),
          "euler-ancestral", Map.of("steps", "200"));

  static Stream<Arguments> samplersAndProcesses() {
    return ImageSamplers.ALL.stream()
        .filter(kind -> kind.beginning() == Beginning.NOISE)
        .filter(kind -> !kind.name().equals("walk-back"))
        .filter(kind -> !NEED_A_CONSISTENCY_MODEL.contains(kind.name()))
        .flatMap(
            kind -> processes(kind).map(process -> Arguments.of(kind.name(), fine(kind, process))));
  }

  private static Map<String, String> fine(ImageSamplerKind kind, String process) {
    Map<String, String> settings = new HashMap<>(FINE.getOrDefault(kind.name(), Map.of()));
    if (!process.isEmpty()) {
      settings.put("process", process);
    }
    return settings;
  }

  private static Stream<String> processes(ImageSamplerKind kind) {
    return kind.settings().stream()
        .filter(setting -> setting.name().equals("process"))
        .findFirst()
        .map(setting -> ((Setting.Choice) setting).words().stream())
        .orElseGet(() -> Stream.of(""));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("samplersAndProcesses")
  void reachesTheDistributionThatTheDenoiserKnows(String name, Map<String, String> settings) {
    float[] x = last(run(new NormalPixels(PIXELS), plan(name, settings, 7)));
    assertThat(mean(x)).isCloseTo(NormalPixels.MEAN, within(0.05));
    assertThat(deviation(x)).isCloseTo(NormalPixels.DEVIATION, within(0.05));
  }

  @Test
  void narrowsWhereAConsistencyModelIsNeeded() {
    for (String name : NEED_A_CONSISTENCY_MODEL) {
      float[] x = last(run(new NormalPixels(PIXELS), plan(name, Map.of(), 7)));
      assertThat(mean(x)).isCloseTo(NormalPixels.MEAN, within(0.05));
      assertThat(deviation(x)).isBetween(0.05, NormalPixels.DEVIATION - 0.02);
    }
  }

  @Test
  void walksBackAroundTheMean() {
    Map<String, String> settings = Map.of("noise", "gaussian", "sigma", "0.5");
    float[] x = last(run(new NormalPixels(PIXELS), plan("walk-back", settings, 7)));
    double gain = 0.5;
    double expected = gain * 0.5 / Math.sqrt(1 - gain * gain);
    assertThat(deviation(x)).isCloseTo(expected, within(0.01));
  }

  @Test
  void guidesTowardsItsClass() {
    var denoiser = new NormalPixels(PIXELS);
    assertThat(mean(last(run(denoiser, of("ddim", 1, 0))))).isCloseTo(0.6, within(0.03));
    assertThat(mean(last(run(denoiser, of("ddim", 1, 1))))).isCloseTo(0.9, within(0.03));
    assertThat(run(denoiser, of("ddim", 1, 1)).step(49).evaluations()).isEqualTo(100);
  }

  @ParameterizedTest
  @FieldSource("dev.unmask.engine.sampler.ImageSamplers#ALL")
  void recordsEveryStepWithItsTime(ImageSamplerKind kind) {
    Map<String, String> settings =
        kind.name().equals("walk-back") ? Map.of("noise", "gaussian") : Map.of();
    AskedImages plan = planFromImage(kind, settings);
    Trace<BatchState, ImageRecord> trace = run(new NormalPixels(64), plan);
    assertThat(trace.steps()).isPositive();
    assertThat(trace.header().sampler()).isEqualTo(kind.name());
    for (int step = 0; step < trace.steps(); step++) {
      assertThat(trace.step(step).predicted()).isPresent();
      assertThat(trace.step(step).evaluations()).isEqualTo(step + 1);
      assertThat(trace.state(step + 1).x()).doesNotContain(Float.NaN);
      if (kind.beginning() == Beginning.NOISE && !kind.name().equals("walk-back")) {
        assertThat(trace.state(step + 1).time()).isLessThanOrEqualTo(trace.state(step).time());
      }
    }
  }

  private static AskedImages planFromImage(ImageSamplerKind kind, Map<String, String> settings) {
    Optional<Start.Given> start =
        kind.beginning() == Beginning.IMAGE ? Optional.of(start(64, 0)) : Optional.empty();
    return new AskedImages(kind, settings, List.of(NONE), 0, 7, start);
  }

  @Test
  void givesTheSameForTheSameSeedAndOtherwiseAnother() {
    var denoiser = new NormalPixels(64);
    float[] once = last(run(denoiser, plan("ddpm", Map.of(), 7)));
    assertThat(last(run(denoiser, plan("ddpm", Map.of(), 7)))).isEqualTo(once);
    assertThat(last(run(denoiser, plan("ddpm", Map.of(), 8)))).isNotEqualTo(once);
  }

  @Test
  void drawsAnImageAsItWouldBeInASmallerBatch() {
    var denoiser = new NormalPixels(64);
    ImageSamplerKind kind = ImageSamplers.named("ddpm");
    var two = new AskedImages(kind, Map.of(), List.of(NONE, NONE), 0, 7, Optional.empty());
    float[] pair = last(run(denoiser, two));
    float[] one = last(run(denoiser, plan("ddpm", Map.of(), 7)));
    assertThat(Arrays.copyOf(pair, one.length)).isEqualTo(one);
  }

  @Test
  void findsTheNoiseThatAnImageComesFrom() {
    for (String name : List.of("ddim", "dpm-solver++")) {
      Map<String, String> settings = Map.of("steps", "200");
      float[] image = last(run(new NormalPixels(64), plan(name, settings, 3)));
      var start = new Start.Given(image, new float[64], 0, "a sample");
      ImageSamplerKind inverse = ImageSamplers.named(name + "-inversion");
      var back = new AskedImages(inverse, settings, List.of(NONE), 0, 3, Optional.of(start));
      float[] found = last(run(new NormalPixels(64), back));
      float[] noise = Normals.draw(64, Purpose.START, new Philox(3, 0));
      for (int i = 0; i < noise.length; i++) {
        assertThat(found[i]).isCloseTo(noise[i], within(0.1f));
      }
    }
  }

  @Test
  void denoisesFromWhereAnImageWasNoisedTo() {
    ImageSamplerKind ddim = ImageSamplers.named("ddim");
    var half = new AskedImages(ddim, Map.of(), List.of(NONE), 0, 7, Optional.of(start(64, 0.3)));
    Trace<BatchState, ImageRecord> trace = run(new NormalPixels(64), half);
    assertThat(trace.state(0).time()).isCloseTo(0.3, within(0.02));
    assertThat(trace.steps()).isBetween(14, 16);
    assertThat(trace.header().source()).contains("rising");
    double alpha = trace.state(0).alpha();
    double sigma = trace.state(0).sigma();
    float[] x = trace.state(0).x();
    Start.Given start = start(64, 0.3);
    for (int i = 0; i < x.length; i++) {
      assertThat((double) x[i])
          .isCloseTo(alpha * start.clean()[i] + sigma * start.noise()[i], within(1e-5));
    }
  }

  @Test
  void refusesWhatDoesNotFitInASentence() {
    var model = new NormalPixels(64);
    refuses(plan("ddim-inversion", Map.of(), 1), "give it one to start from");
    refuses(plan("walk-back", Map.of(), 1), "masking");
    refuses(of("ddim", 3, 0), "no class 3");
    refuses(crowd(1 << 20), "take fewer steps or images");
    ImageSamplerKind ddim = ImageSamplers.named("ddim");
    refuses(new AskedImages(ddim, Map.of(), List.of(), 0, 1, Optional.empty()), "no images");
    refuses(
        new AskedImages(ddim, Map.of(), List.of(2), 0, 1, Optional.of(start(32, 0))), "32 values");
    refuses(
        new AskedImages(ddim, Map.of(), List.of(2), 0, 1, Optional.of(start(64, 2))), "t = 2.0");
    assertThatThrownBy(() -> plan("ddim", Map.of("eta", "2"), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("eta");
    assertThat(model.undoes(new Corruption.Masking(0.5))).isFalse();
  }

  @Test
  void namesTheSamplersThatThereAre() {
    assertThatThrownBy(() -> ImageSamplers.named("dimm"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ddim");
    assertThat(ImageSamplers.named("edm-euler").process(Map.of())).isEqualTo(ProcessKind.VE);
  }

  private static void refuses(AskedImages plan, String words) {
    assertThatThrownBy(() -> run(new NormalPixels(64), plan))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words);
  }

  private static Start.Given start(int pixels, double time) {
    float[] clean = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      clean[i] = 2f * i / pixels - 1;
    }
    float[] noise = Normals.draw(pixels, Purpose.START, new Philox(9, 0));
    return new Start.Given(clean, noise, time, "rising");
  }

  private static AskedImages plan(String sampler, Map<String, String> settings, long seed) {
    ImageSamplerKind kind = ImageSamplers.named(sampler);
    return new AskedImages(kind, settings, List.of(NONE), 0, seed, Optional.empty());
  }

  private static AskedImages crowd(int images) {
    ImageSamplerKind ddpm = ImageSamplers.named("ddpm");
    List<Integer> labels = Collections.nCopies(images, NONE);
    return new AskedImages(ddpm, Map.of("steps", "1000"), labels, 0, 7, Optional.empty());
  }

  @Test
  void anInterruptedStepLeavesNoMark() {
    var identity = new TraceHeader.Model("normal", "");
    var model = new RunModel.Images(identity, new NormalPixels(64));
    ImageRun run = of("ddim", 0, 0).start(model);
    int planned = run.plannedSteps();
    run.step();
    Thread.currentThread().interrupt();
    assertThatThrownBy(run::step).isInstanceOf(CancellationException.class);
    assertThat(run.trace().steps()).isEqualTo(1);
    run.finish(_ -> {});
    assertThat(run.trace().steps()).isEqualTo(planned);
    assertThat(last(run.trace())).isEqualTo(last(run(new NormalPixels(64), of("ddim", 0, 0))));
  }

  private static AskedImages of(String sampler, int label, double guidance) {
    ImageSamplerKind kind = ImageSamplers.named(sampler);
    return new AskedImages(kind, Map.of(), List.of(label), guidance, 7, Optional.empty());
  }

  private static Trace<BatchState, ImageRecord> run(NormalPixels denoiser, AskedImages plan) {
    var identity = new TraceHeader.Model("normal", "");
    ImageRun run = plan.start(new RunModel.Images(identity, denoiser));
    while (!run.finished()) {
      run.step();
    }
    return run.trace();
  }

  private static float[] last(Trace<BatchState, ImageRecord> trace) {
    return trace.state(trace.steps()).x();
  }

  private static double mean(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  private static double deviation(float[] x) {
    double mean = mean(x);
    double sum = 0;
    for (float value : x) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / x.length);
  }
}
