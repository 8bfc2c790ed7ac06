package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.Assets;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.noise.UniformTransition;
import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    try (StoredTrace trace = TraceFile.open(file)) {
      assertThat(trace.header().segments().getFirst().sampler()).isEqualTo(sampler);
    }
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
    try (StoredTrace trace = TraceFile.open(file)) {
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
