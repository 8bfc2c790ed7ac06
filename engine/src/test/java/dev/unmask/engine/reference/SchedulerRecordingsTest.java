package dev.unmask.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.ModelFolders;
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
  }

  /** The outcome of DDIM's first test, changed. */
  private Outcome ddim(Consumer<JsonNode> change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(GoldenFiles.path(TESTS).toFile());
    JsonNode run =
        root.get("tests")
            .valueStream()
            .filter(test -> test.get("cls").asText().equals("DDIMSchedulerTest"))
            .findFirst()
            .orElseThrow();
    change.accept(run);
    root.putArray("tests").add(run);
    Path file = folder.resolve("changed.json");
    json.writeValue(file.toFile(), root);
    return VERIFICATION.outcomes(file).getFirst();
  }
}
