package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled language models. */
class TextModelsTest {
  private static final String STORY =
      """
      Once upon a time, there was a little girl named Mia. She had a red kite. One day, the wind \
      took her kite away, and Mia was very sad. Her brother saw it in a tree. He climbed up and got \
      the kite. Mia hugged him and said, "Thank you!" They were happy and went home together.
      <|endoftext|>
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stories", "stories-ar", "stories-uniform", "stories-block"})
  void aStoryIsFarMoreProbableThanAnyTokens(String model) throws IOException {
    Path text = Files.writeString(folder.resolve("story.txt"), STORY);
    assertThat(run("evaluate", model, text.toString(), "--samples=4")).isZero();
    String last = out.toString().lines().toList().getLast();
    assertThat(last).matches("nats/token \\d\\.\\d{4} ± \\d\\.\\d{4}");
    assertThat(Double.parseDouble(last.split(" ")[1])).isLessThan(Math.log(4096) / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "stories, llada",
    "stories-ar, autoregressive",
    "stories-uniform, udlm",
    "stories-block, bd3lm"
  })
  void aModelRunsByASamplerThatSuitsIt(String model, String sampler) {
    Path file = folder.resolve("run.trace.safetensors");
    assertThat(run("run", "--model", model, "--length=20", "--quiet", "--trace=" + file)).isZero();
    try (var trace = TraceKind.TOKENS.open(file)) {
      assertThat(trace.header().segments().getFirst().sampler()).isEqualTo(sampler);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stories", "stories-ar", "stories-uniform"})
  void aRunHasTheSettingsThatTheTableOfSamplersTells(String model) {
    Path file = folder.resolve("run.trace.safetensors");
    assertThat(run("run", "--model", model, "--length=12", "--quiet", "--trace=" + file)).isZero();
    try (var trace = TraceKind.TOKENS.open(file)) {
      TraceHeader.Segment segment = trace.header().segments().getFirst();
      for (Setting<?> setting : Samplers.named(segment.sampler()).settings()) {
        assertThat(segment.settings().get(setting.name()))
            .asString()
            .as(setting.name())
            .isEqualTo(setting.fallback().toString());
      }
    }
  }

  /**
   * Of 300 samples of a share from a third to two thirds a difference deviates by 0.04, so that 0.2
   * is no chance.
   */
  @Test
  void moreStepsOfRescaledRemaskingMakeMoreSentencesUngrammaticalWhereEtaIsLarge() {
    try (Model sentences = Model.open(Assets.models().resolve("sentences"), 1)) {
      double few = ungrammatical(sentences, "0.5", 16);
      double more = ungrammatical(sentences, "0.5", 64);
      double most = ungrammatical(sentences, "0.5", 256);
      assertThat(more).isGreaterThan(few);
      assertThat(most).isGreaterThan(more).isGreaterThan(few + 0.2);
      assertThat(ungrammatical(sentences, "0.04", 64)).isLessThan(few);
    }
  }

  /** The share of samples that are no sentence of the grammar. */
  private static double ungrammatical(Model model, String eta, int steps) {
    Map<String, String> settings = Map.of("eta", eta, "steps", String.valueOf(steps));
    TokenSampler sampler = Samplers.named("remdm-rescale").create(settings, model.vocabulary());
    int mask = model.vocabulary().maskId();
    Map<List<Integer>, Prediction> known = new HashMap<>();
    int ungrammatical = 0;
    for (int seed = 0; seed < 300; seed++) {
      int[] masks = {mask, mask, mask, mask, mask, mask};
      TokenState state = sampler.start(masks, new byte[masks.length], new Philox(seed, 0));
      while (!sampler.finished(state)) {
        Request request = sampler.request(state);
        List<Integer> tokens = Arrays.stream(state.tokens()).boxed().toList();
        Prediction prediction =
            known.computeIfAbsent(tokens, _ -> model.denoiser().predict(request));
        state = sampler.step(state, prediction, new Philox(seed, state.step())).next();
      }
      ungrammatical += isSentence(model, state.tokens()) ? 0 : 1;
    }
    return ungrammatical / 300.0;
  }

  /**
   * Whether each word is expected where it stands, given the others. Of the words that fit none is
   * ten times as likely as another; what no sentence can go on from goes on evenly.
   */
  private static boolean isSentence(Model model, int[] tokens) {
    for (int i = 0; i < tokens.length; i++) {
      int[] asked = tokens.clone();
      asked[i] = model.vocabulary().maskId();
      Request request = Request.ofSequence(asked, Attention.FULL, new int[] {i}, Optional.empty());
      float[] logits = model.denoiser().predict(request).logits()[0];
      double all = 0;
      double greatest = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        all += Math.exp(logit);
        greatest = Math.max(greatest, logit);
      }
      boolean isEven = Math.exp(greatest) < 0.06 * all;
      if (isEven || Math.exp(logits[tokens[i]] - greatest) < 0.1) {
        return false;
      }
    }
    return true;
  }

  @Test
  void blocksAreThoseThatTheModelWasTrainedInUnlessOthersAreAskedFor() {
    assertThat(blockSize("run", "--model=stories-block")).isEqualTo(16);
    assertThat(blockSize("run", "--model=stories-block", "--set=block-size=0")).isEqualTo(16);
    assertThat(blockSize("run", "--model=stories-block", "--set=block-size=8")).isEqualTo(8);
    String parent = folder.resolve("run.trace.safetensors").toString();
    assertThat(blockSize("branch", parent, "--at=2", "--set=block-size=0")).isEqualTo(16);
  }

  /** Of the last segment. */
  private Object blockSize(String command, String... options) {
    Path file = folder.resolve(command + ".trace.safetensors");
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(options));
    line.add("--trace=" + file);
    if (command.equals("run")) {
      line.addAll(List.of("--length=20", "--quiet"));
    }
    assertThat(run(line.toArray(String[]::new))).isZero();
    try (var trace = TraceKind.TOKENS.open(file)) {
      return trace.header().segments().getLast().settings().get("block-size");
    }
  }

  /** A sampler counts t in its own schedule. */
  @Test
  void aModelOfUniformNoiseIsToldHowMuchThereIsWhateverTheSchedule() {
    try (Model model = Model.open(Assets.models().resolve("stories-uniform"), 1)) {
      int size = model.vocabulary().size();
      Request plain =
          Request.ofSequence(
              new int[] {40, 50, 60}, Attention.FULL, new int[] {1}, Optional.empty());
      Request other = plain.at(0.25).with(Optional.of(new UniformTransition(size, 0.5)));
      float[] row = model.denoiser().predict(other).logits()[0];
      assertThat(row).isEqualTo(model.denoiser().predict(plain.at(0.5)).logits()[0]);
      assertThat(row).isNotEqualTo(model.denoiser().predict(plain.at(0.25)).logits()[0]);
    }
  }

  private int run(String... line) {
    int code =
        Unmask.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(line);
    assertThat(err.toString()).isEmpty();
    return code;
  }
}
