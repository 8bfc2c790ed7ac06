package dev.unmask.engine.reference.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.noise.gaussian.Corruption;
import dev.unmask.engine.random.TorchRandom;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Verification;
import dev.unmask.engine.sampler.api.ImageSampler;
import dev.unmask.engine.sampler.api.ImageState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerRecordingsTest {
  private static final Verification VERIFICATION =
      new Verification(new ModelFolders(Path.of("none")), 1);
  private static final String TESTS = "diffusers_schedulers.json";

  /** What no sampler here does. */
  private static final List<String> OTHERS =
      List.of(
          "deis", "dpm_sde", "dpm_single", "ipndm", "kdpm2", "pndm", "sasolver", "tcd", "unclip");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> repeatsEveryTestOfTheSamplersThatThereAre() {
    return Stream.of(TESTS, "diffusers_flow_match.json")
        .flatMap(file -> VERIFICATION.outcomes(GoldenFiles.path(file)).stream())
        .map(outcome -> DynamicTest.dynamicTest(outcome.name(), () -> check(outcome)));
  }

  private static void check(Outcome outcome) {
    boolean isOther =
        OTHERS.stream().anyMatch(name -> outcome.name().contains("::test_scheduler_" + name));
    assertThat(outcome).isInstanceOf(isOther ? Outcome.Unchecked.class : Outcome.Equal.class);
  }

  @Test
  void saysWhatDiffers() throws IOException {
    assertThat(ddim(run -> ((ObjectNode) run.at("/steps/4")).put("sum_abs", 382.0)).line())
        .contains("::test_full_loop_no_noise: step 5: the sum 382.0 was recorded and 361.4");
    assertThat(ddim(run -> ((ArrayNode) run.at("/steps/9/p0")).set(1, 0.5)).line())
        .contains(": step 10, value 1: 0.5 was recorded and ");
    assertThat(
            ddim(run -> {
                  ((ArrayNode) run.at("/steps")).remove(3);
                  ((ArrayNode) run.at("/expected/0")).set(1, "173");
                })
                .line())
        .contains(": the sum 173.0 was expected and 172.0");
  }

  @ParameterizedTest
  @CsvSource({"n_steps, 11", "n_steps, 0"})
  void refusesRunsThatCannotBe(String field, int value) throws IOException {
    assertThat(ddim(run -> ((ObjectNode) run).put(field, value)))
        .isInstanceOf(Outcome.Unreadable.class);
  }

  @Test
  void leavesUncheckedWhatIsSetInAWayThatItDoesNotKnow() throws IOException {
    assertThat(ddim(run -> ((ObjectNode) run.get("config")).put("beta_schedule", "sigmoid")))
        .isInstanceOf(Outcome.Unchecked.class);
    assertThat(ddim(run -> ((ObjectNode) run).putArray("steps")))
        .isInstanceOf(Outcome.Unchecked.class);
    assertThat(ddim(run -> ((ObjectNode) run.get("config")).put("snr_shift_scale", 3.0)).line())
        .endsWith("its snr_shift_scale is 3.0, which nothing here takes account of");
    assertThat(ddim(run -> ((ObjectNode) run.get("config")).put("prediction_type", "flow")).line())
        .endsWith("its prediction_type is \"flow\", which nothing here takes account of");
    assertThat(ddim(run -> ((ObjectNode) run.get("config")).put("snr_shift_scale", 0)))
        .isInstanceOf(Outcome.Equal.class);
  }

  /** There diffusers takes t − 1000 // 10, which is none of the times but by chance. */
  @Test
  void leavesUncheckedDdimOnTimesThatDoNotDivideTheGrid() throws IOException {
    assertThat(ddim(run -> ((ArrayNode) run.get("timesteps")).set(0, 999)))
        .isInstanceOf(Outcome.Unchecked.class);
  }

  /**
   * What comes of those tests with rescale_betas_zero_snr, computed in PyTorch by the schedulers'
   * rules, which without it give what was recorded.
   */
  @ParameterizedTest
  @CsvSource({
    "EulerDiscrete, v_prediction, 0, 1099, 361.09344, 0, -0.00490403",
    "EulerAncestralDiscrete, v_prediction, 9, 0, 108.33011, -0.2581604, 0.0981609",
    "DPMSolverMultistep, no_noise, 9, 100, 260.61382, 0, 0.00353941"
  })
  void keepsTheLeastSignalWhereNoneWouldBeLeft(
      String scheduler, String test, int step, double time, double sum, double first, double second)
      throws IOException {
    Outcome outcome =
        changed(
            scheduler + "SchedulerTest",
            test,
            run -> {
              ((ObjectNode) run.get("config")).put("rescale_betas_zero_snr", true);
              ObjectNode recorded = (ObjectNode) run.get("steps").get(step);
              recorded.put("t", time).put("sum_abs", sum).putArray("p0").add(first).add(second);
              ((ObjectNode) run).putArray("steps").add(recorded);
              ((ObjectNode) run).putArray("expected");
            });
    assertThat(outcome).isInstanceOf(Outcome.Equal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EulerDiscreteScheduler",
        "EulerAncestralDiscreteScheduler",
        "DPMSolverMultistepScheduler",
        "UniPCMultistepScheduler"
      })
  void noSolverStartsFromAnInfiniteSigma(String scheduler) {
    ObjectNode config = new ObjectMapper().createObjectNode().put("rescale_betas_zero_snr", true);
    ImageSampler sampler =
        Schedulers.named(scheduler, new SchedulerConfig(config), new float[10], new float[0])
            .orElseThrow()
            .sampler();
    assertThat(((Corruption.Gaussian) sampler.corruption(0)).ratio()).isCloseTo(4096, within(1e-3));
    ImageState state = ImageState.start(0, new float[] {1, -2, 3}, 1);
    while (state.step() < sampler.steps()) {
      state = sampler.step(state, new float[] {.5f, .5f, -1}, new TorchRandom(0)).next();
    }
    for (float value : state.x()) {
      assertThat(value).isFinite();
    }
  }

  /** The outcome of DDIM's first test, changed. */
  private Outcome ddim(Consumer<JsonNode> change) throws IOException {
    return changed("DDIMSchedulerTest", "", change);
  }

  /** The outcome of the first test of a class whose name ends so, changed. */
  private Outcome changed(String tests, String name, Consumer<JsonNode> change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(GoldenFiles.path(TESTS).toFile());
    JsonNode run =
        root.get("tests")
            .valueStream()
            .filter(test -> test.get("cls").asText().equals(tests))
            .filter(test -> test.get("test").asText().endsWith(name))
            .findFirst()
            .orElseThrow();
    change.accept(run);
    root.putArray("tests").add(run);
    Path file = folder.resolve("changed.json");
    json.writeValue(file.toFile(), root);
    return VERIFICATION.outcomes(file).getFirst();
  }
}
