package dev.unmask.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
  private static final Verification VERIFICATION =
      new Verification(new ModelFolders(Path.of("none")), 1);

  @TempDir Path folder;

  /** Every recording is a test; those that nothing here repeats yet are skipped. */
  @TestFactory
  Stream<DynamicTest> repeatsTheRecordings() {
    Path golden = GoldenFiles.path("");
    return Verification.cases(golden).stream()
        .map(
            file ->
                DynamicTest.dynamicTest(golden.relativize(file).toString(), () -> repeat(file)));
  }

  private static void repeat(Path file) {
    Outcome outcome = VERIFICATION.check(file);
    if (outcome instanceof Outcome.Unchecked(_, String why) && !mustBeRepeated(file)) {
      Assumptions.abort(why);
    }
    assertThat(outcome).isInstanceOf(Outcome.Equal.class);
  }

  private static boolean mustBeRepeated(Path file) {
    return file.getParent().endsWith("llada")
        || file.getParent().endsWith("d3pm")
        || file.getParent().endsWith("mdlm")
        || file.getParent().endsWith("tiny_dit")
        || file.getParent().endsWith("sedd")
        || file.getParent().endsWith("uniform")
        || file.getParent().endsWith("gidd")
        || file.getParent().endsWith("bd3lm")
        || file.getParent().endsWith("entropy_bound")
        || file.getParent().endsWith("discrete_ddim")
        || file.getParent().endsWith("dream")
        || file.getParent().endsWith("dream_temp")
        || file.getParent().endsWith("dinfer")
        || file.getParent().endsWith("llada2")
        || file.getParent().endsWith("block_refinement")
        || file.getParent().endsWith("fastdllm")
        || file.getParent().endsWith("wino")
        || file.getParent().endsWith("maskgit")
        || file.getParent().endsWith("halton_maskgit")
        || file.getParent().endsWith("p2")
        || file.getParent().endsWith("tiny_llada");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llada/temp0.7_g16_b16_s8_seed42 | states/3/17 | 30 | step 3, position 17: token 30"
            + " was recorded and 31 came",
        "llada/cfg1.5_g16_b16_s8 | states/0/21 | 4 | step 0, position 21: token 4 was recorded"
            + " and 31 came",
        "llada/lowconf_g16_b16_s8 | selected_confidence/1/0 | 0.5 | step 2, position 6: confidence"
            + " 0.5 was recorded and 0.51231",
        "llada/lowconf_g16_b16_s8 | forward_calls | 9 | 9 evaluations were recorded and 8 came",
        "llada/get_log_likelihood | noisy_batches/1/2/8 | 5 | step 7, position 8: token 5 was"
            + " recorded and 31 came",
        "llada/get_log_likelihood | log_likelihood | -43 | log-likelihood -43.0 was recorded"
            + " and -43.28426",
        "dream/entropy_g16_s8 | topk_calls/1/confidence/0 | -0.5 | step 2, position 6: confidence"
            + " -0.5 was recorded and -0.1318",
        "dream/entropy_g16_s8 | topk_calls/0/selected/0 | 99 | step 1: position 99 was recorded and"
            + " there are 22",
        "dinfer/threshold0.6_temp0.5_g16_b8 | masked_confidence/1/0 | 0.5 | step 2, position 6:"
            + " confidence 0.5 was recorded and 0.6757",
        "fastdllm/factor1_g16_b16 | eligible_confidence/1/15 | 0.5 | step 2, position 15:"
            + " confidence 0.5 was recorded and 0.9412",
        "fastdllm/threshold0.5_g16_b16 | threshold | 0.48 | step 1, position 18: token 31 was"
            + " recorded and ",
        "fastdllm/factor2_g16_b16 | factor | 1 | step 1, position ",
        "fastdllm/quota_float64_g16_b16_s8 | steps | 4 | step 1, position ",
      })
  void saysWhatDiffers(String recording, String place, double value, String where)
      throws IOException {
    Path file = changed(recording + ".json", root -> put(root, place, value));
    Outcome outcome = VERIFICATION.check(file);
    assertThat(outcome.line()).startsWith("differs " + file + ": " + where);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform/Q/2/1/6 | uniform, Q of step 2 from token 1: 0.5 was recorded at token 6 and"
            + " 0.034",
        "gaussian/Qbar/4/7/0 | gaussian, Qbar of step 4 from token 7: 0.5 was recorded at token 0"
            + " and 0.0548",
        "absorbing/q_posterior_logits/1/logits/3 | absorbing, posterior of step 1 from token 5 to"
            + " 5: 0.5 was recorded at token 3 and -27.6",
      })
  void saysWhichProbabilityDiffers(String place, String where) throws IOException {
    Path file = changed("d3pm/matrices_K8_T5.json", root -> put(root, place, 0.5));
    assertThat(VERIFICATION.check(file).line()).startsWith("differs " + file + ": " + where);
  }

  @Test
  void refusesMatricesOfAnotherShape() throws IOException {
    Path file =
        changed(
            "d3pm/matrices_K8_T5.json", root -> ((ArrayNode) root.at("/uniform/Q/3")).remove(0));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Unreadable.class);
    Path unknown =
        changed(
            "d3pm/matrices_K8_T5.json",
            root -> ((ObjectNode) root).putObject("banded").put("K", 8));
    assertThat(VERIFICATION.check(unknown)).isInstanceOf(Outcome.Unchecked.class);
  }

  @Test
  void noticesStepsTooFewAndTooMany() throws IOException {
    String recording = "llada/lowconf_g16_b16_s8.json";
    Path fewer = changed(recording, root -> ((ArrayNode) root.get("states")).remove(8));
    assertThat(VERIFICATION.check(fewer).line()).endsWith("step 8: it was not recorded");
    Path more =
        changed(
            recording,
            root -> {
              ((ArrayNode) root.get("states")).add(root.get("states").get(8));
              ((ArrayNode) root.get("selected_confidence")).addArray();
              ((ArrayNode) root.get("selected_in_topk_order")).addArray();
            });
    assertThat(VERIFICATION.check(more).line())
        .endsWith("step 9: it was recorded, but the run has ended");
  }

  @Test
  void noticesAWrongLogit() throws IOException {
    Files.copy(
        GoldenFiles.path("tiny_llada/tiny_mha.config.json"), folder.resolve("tiny.config.json"));
    Files.copy(
        GoldenFiles.path("tiny_llada/tiny_mha.safetensors"), folder.resolve("tiny.safetensors"));
    Path file =
        changed(
            "tiny_llada/tiny_mha.forward.json",
            root -> put(root, "logits_first8_each_position/5/2", 7.5));
    Path renamed = Files.move(file, folder.resolve("tiny.forward.json"));
    assertThat(VERIFICATION.check(renamed).line())
        .contains("position 5: logit 7.5 of token 2 was recorded and ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "final/20        | 7   | step 16, position 20: token 7 was recorded and 114 came",
        "nfe             | 17  | 17 evaluations were recorded and 16 came",
        "calls/1/input_len | 9 | step 2: 9 tokens were evaluated in the recording and 8 here",
        "topk/2/conf/0   | 0.5 | step 3, position 21: confidence 0.5 was recorded and 0.84",
      })
  void saysWhatDiffersWithACache(String place, double value, String where) throws IOException {
    for (String name : new String[] {"tiny_gqa.config.json", "tiny_gqa.safetensors"}) {
      Files.copy(GoldenFiles.path("tiny_llada/" + name), folder.resolve(name));
    }
    String recording = "tiny_llada/tiny_gqa_generate_with_dual_cache.json";
    Path file = changed(recording, root -> put(root, place, value));
    assertThat(VERIFICATION.check(file).line()).startsWith("differs " + file + ": " + where);
  }

  @Test
  void leavesUncheckedWhatItCannotRepeat() throws IOException {
    Path option =
        changed(
            "llada/lowconf_g16_b16_s8.json",
            root -> ((ObjectNode) root.get("options")).put("new", true));
    assertThat(VERIFICATION.check(option))
        .isInstanceOf(Outcome.Unchecked.class)
        .extracting(Outcome::line)
        .asString()
        .endsWith(": its new is true, which nothing here takes account of");
    assertThat(VERIFICATION.check(Files.writeString(folder.resolve("other.json"), "{}")).line())
        .endsWith("other.json: it is no recording of a run");
  }

  @ParameterizedTest
  @CsvSource({
    "llada/lowconf_g16_b16_s8, model/V, 0",
    "llada/lowconf_g16_b16_s8, model/div, 0",
    "llada/lowconf_g16_b16_s8, model/mask_id, 32",
    "llada/eos_raised_default, model/override/0/1, -1",
    "llada/lowconf_g16_b16_s8, prompt/0, 99",
    "llada/lowconf_g16_b16_s8, gen_length, -3",
    "llada/lowconf_g16_b16_s8, block_length, 5",
    "llada/lowconf_g16_b16_s8, temperature, -1",
    "dream/entropy_g16_s8, logits_shift, 2",
    "dream/fast_confidence_threshold0.9_g16_s16, steps, 5",
    "dinfer/threshold0.9_g16_b16, options/threshold, 7"
  })
  void refusesRecordingsThatCannotBe(String recording, String place, double value)
      throws IOException {
    Path file = changed(recording + ".json", root -> put(root, place, value));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "sedd/absorb_euler_T16, model/V, -1",
    "sedd/uniform_analytic_T16_geometric, model/V, 0",
    "sedd/uniform_analytic_T16_geometric, sigma_max, -1",
    "sedd/absorb_euler_T16, length, 0",
    "uniform/udlm_T16, steps, -1",
    "uniform/udlm_T16, eps, 2",
    "uniform/duo_psi_constant_T16, psi/high_frac, 0.9",
    "uniform/mdlm_ancestral_cache_cosine_T16, model/mask_id, 24",
    "gidd/gidd_pu0_L16_T8, p_uniform, 1",
    "gidd/gidd_pu0_L16_T8, t_eps, 0.7"
  })
  void refusesSamplingThatCannotBe(String recording, String place, double value)
      throws IOException {
    Path file = changed(recording + ".json", root -> put(root, place, value));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "sedd/absorb_euler_T16, predictor",
    "sedd/absorb_euler_T16, noise",
    "uniform/duo_ancestral_T16, noise",
    "uniform/duo_ancestral_T16, predictor",
    "gidd/gidd_pu0_L16_T8, source"
  })
  void leavesSamplingThatItDoesNotKnowUnchecked(String recording, String field) throws IOException {
    Path file =
        changed(recording + ".json", root -> ((ObjectNode) root).put(field, "of another kind"));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Unchecked.class);
  }

  /** Of every recording that is repeated: in itself, in its model, and in what else it sets. */
  @TestFactory
  Stream<DynamicTest> leavesUncheckedWhatIsSetInAWayThatNothingReads() {
    Path golden = GoldenFiles.path("");
    return Verification.cases(golden).stream()
        .filter(file -> mustBeRepeated(file) && !file.getParent().endsWith("tiny_llada"))
        .flatMap(
            file ->
                Stream.of("", "model", "options", "sampling", "psi", "scheduler_config", "planner")
                    .filter(place -> has(file, place))
                    .map(
                        place ->
                            DynamicTest.dynamicTest(
                                golden.relativize(file) + "/" + place,
                                () -> leavesUnchecked(golden.relativize(file), place))));
  }

  private static boolean has(Path file, String place) {
    return place.isEmpty() || read(file).path(place).isObject();
  }

  private void leavesUnchecked(Path recording, String place) throws IOException {
    Path file =
        changed(
            recording.toString(),
            root ->
                ((ObjectNode) (place.isEmpty() ? root : root.path(place))).put("unheard_of", 0.5));
    assertThat(VERIFICATION.check(file).line())
        .startsWith("unchecked ")
        .endsWith("unheard_of is 0.5, which nothing here takes account of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "false", "0", "0.0", "\"\"", "[]", "[3]", "{}"})
  void passesOverWhatIsOff(String off) throws IOException {
    JsonNode value = new ObjectMapper().readTree(off);
    Path file =
        changed("uniform/udlm_T16.json", root -> ((ObjectNode) root).set("unheard_of", value));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Equal.class);
  }

  @ParameterizedTest
  @CsvSource({
    "top_p, 1, Equal",
    "top_p, 0.5, Unchecked",
    "dtype, '\"float64 throughout\"', Equal",
    "dtype, '\"bfloat16\"', Unchecked",
    "min_p, 0.1, Unchecked",
    "min_logit_gap, 0.1, Equal"
  })
  void knowsWhatIsAllAndWhatIsARemark(String field, String json, String outcome)
      throws IOException {
    JsonNode value = new ObjectMapper().readTree(json);
    Path file = changed("uniform/udlm_T16.json", root -> ((ObjectNode) root).set(field, value));
    assertThat(VERIFICATION.check(file).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "uniform/udlm_cache_float64_L6_T48, use_float64",
    "uniform/udlm_cache_L6_T48, use_cache",
    "uniform/duo_ancestral_nucleus0.9_T16, p_nucleus",
    "uniform/duo_psi_constant_nucleus0.6_float64_T16, p_nucleus"
  })
  void readsASettingWhereverItStands(String recording, String field) throws IOException {
    Path within =
        changed(
            recording + ".json",
            root -> {
              JsonNode value = ((ObjectNode) root).remove(field);
              ((ObjectNode) root).putObject("sampling").set(field, value);
            });
    assertThat(VERIFICATION.check(within)).isInstanceOf(Outcome.Equal.class);
  }

  @Test
  void comparesTheTimesThatTheModelIsTold() throws IOException {
    Path file = changed("gidd/gidd_pu0_L16_T8.json", root -> put(root, "t_of_each_forward/2", 0.5));
    assertThat(VERIFICATION.check(file).line())
        .endsWith("evaluation 3: the time 0.5 was recorded and 0.6249750256538391 came");
    Path untold =
        changed(
            "llada/lowconf_g16_b16_s8.json",
            root -> ((ObjectNode) root).putArray("t_of_each_forward").add(1));
    assertThat(VERIFICATION.check(untold).line())
        .endsWith("evaluation 1: the time 1 was recorded and none came");
  }

  @ParameterizedTest
  @ValueSource(strings = {"states", "prompt", "steps", "selected_in_topk_order"})
  void refusesRecordingsThatLackSomething(String field) throws IOException {
    Path file = changed("llada/lowconf_g16_b16_s8.json", root -> ((ObjectNode) root).remove(field));
    assertThat(VERIFICATION.check(file))
        .isNotInstanceOf(Outcome.Equal.class)
        .isNotInstanceOf(Outcome.Differs.class);
  }

  @Test
  void refusesRecordingsWithoutStates() throws IOException {
    Path file =
        changed("llada/lowconf_g16_b16_s8.json", root -> ((ObjectNode) root).putArray("states"));
    assertThat(VERIFICATION.check(file)).isInstanceOf(Outcome.Unreadable.class);
  }

  @Test
  void saysWhatCannotBeRead() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"states\": [");
    assertThat(VERIFICATION.check(broken)).isInstanceOf(Outcome.Unreadable.class);
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Verification.cases(missing))
        .isInstanceOf(InputException.class)
        .hasMessage(missing + " is not there or cannot be read; check the path.");
    Path text = Files.writeString(folder.resolve("notes.txt"), "");
    assertThatThrownBy(() -> Verification.cases(text)).isInstanceOf(InputException.class);
  }

  @Test
  void findsTheCasesOfAFolderInOrder() throws IOException {
    Files.createDirectory(folder.resolve("b"));
    String[] noCases = {"a.config.json", "d.txt", "torch_rng.json", "b/jax_threefry.json"};
    for (String name : noCases) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.writeString(folder.resolve("c.json"), "");
    Files.writeString(folder.resolve("b/x.trace.safetensors"), "");
    assertThat(Verification.cases(folder))
        .containsExactly(folder.resolve("b/x.trace.safetensors"), folder.resolve("c.json"));
  }

  private Path changed(String recording, Consumer<JsonNode> change) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode root = read(GoldenFiles.path(recording));
    change.accept(root);
    Path file = Files.createTempFile(folder, "changed", ".json");
    json.writeValue(file.toFile(), root);
    return file;
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a number by its path, such as states/3/17. */
  private static void put(JsonNode root, String place, double value) {
    int slash = place.lastIndexOf('/');
    JsonNode parent = slash < 0 ? root : root.at("/" + place.substring(0, slash));
    String last = place.substring(slash + 1);
    boolean isWhole = value == Math.rint(value);
    JsonNode number = isWhole ? IntNode.valueOf((int) value) : DoubleNode.valueOf(value);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), number);
    } else {
      ((ObjectNode) parent).set(last, number);
    }
  }
}
