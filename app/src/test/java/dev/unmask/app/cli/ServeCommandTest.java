package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.Assets;
import dev.unmask.app.Launcher;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.remote.InferenceServer;
import dev.unmask.engine.remote.RemoteAddress;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs on a server, which is a process of its own as on another machine where that matters. */
@Timeout(120)
class ServeCommandTest {
  @TempDir private Path folder;

  private Process server;
  private String address;

  private void serve() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.add("-Dunmask.assets=" + System.getProperty("unmask.assets", "assets"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Launcher.class.getName(), "serve", "stories", "--port", "0"));
    server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    address = server.inputReader().readLine();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.destroyForcibly();
    }
  }

  @Test
  void aRunOnAServedModelIsTheLocalRun() throws IOException {
    serve();
    Path there = folder.resolve("there.trace.safetensors");
    Path here = folder.resolve("here.trace.safetensors");
    String text = run("run", "--model", address, "--quiet", "--steps", "4", "--trace", "" + there);
    assertThat(text)
        .isEqualTo(
            run("run", "--model", "stories", "--quiet", "--steps", "4", "--trace", "" + here));
    assertThat(run("compare", "" + there, "" + here)).endsWith("identical\n");
  }

  @Test
  void aServerThatIsKilledLeavesTheStepsSoFar() throws IOException, InterruptedException {
    serve();
    try (Model model = RemoteModel.connect(RemoteAddress.of(address), Optional.empty())) {
      assertThat(model.name()).isEqualTo(address);
      TokenRun run =
          new RunRequest(address, "", 16, "llada", Map.of("steps", "4"), 1)
              .start(model, RandomKind.PHILOX, SamplerPermission.NONE);
      run.step();
      server.destroyForcibly().waitFor();
      assertThatThrownBy(run::step)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("The model at " + address + " did not answer in 3 attempts");
      assertThat(run.trace().steps()).isEqualTo(1);
    }
  }

  @Test
  void aRunThatItsServerEndsIsATraceOfTheStepsSoFar() {
    Path trace = folder.resolve("a.trace.safetensors");
    Path stories = Assets.models().resolve("stories");
    StringWriter err = new StringWriter();
    try (Model model = Model.open(stories, 1);
        InferenceServer tiring =
            InferenceServer.start(
                answering(model, new Tiring(2)),
                stories.resolve("tokenizer.json"),
                "127.0.0.1",
                0,
                List.of())) {
      CommandLine line = Unmask.commandLine().setErr(new PrintWriter(err));
      String[] run = {"run", "--model", tiring.address(), "--quiet", "--trace", "" + trace};
      assertThat(line.execute(run)).isEqualTo(Unmask.MISTAKE);
    }
    assertThat(err.toString().lines())
        .satisfiesExactly(
            where -> assertThat(where).isEqualTo("The steps so far are in " + trace + "."),
            why -> assertThat(why).contains("refused to answer (400, I am tired.)"));
    try (var kept = TraceKind.TOKENS.open(trace)) {
      assertThat(kept.steps()).isEqualTo(2);
    }
  }

  @Test
  void whoeverAsksAServerThatAnswersNoNumbersIsToldInOneSentence() throws IOException {
    Path stories = Assets.models().resolve("stories");
    Path text = Files.writeString(folder.resolve("a.txt"), "Once upon a time there was a girl.");
    UnaryOperator<Prediction> broken =
        answer -> {
          answer.logits()[0][3] = Float.NaN;
          return answer;
        };
    try (Model model = Model.open(stories, 1);
        InferenceServer server =
            InferenceServer.start(
                answering(model, broken),
                stories.resolve("tokenizer.json"),
                "127.0.0.1",
                0,
                List.of())) {
      assertMistake(
          "The model answered a window of the text with logits of position \\d that are NaN or infinite; check the model.",
          "evaluate",
          server.address(),
          "" + text);
      assertMistake(
          "The model answered at t 0.500 with logits of position \\d that are NaN or infinite; check the model.",
          "corrupt",
          "Once upon a time there was a girl.",
          "--model",
          server.address(),
          "--ask",
          "1");
    }
  }

  private static void assertMistake(String sentence, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line =
        Unmask.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));
    assertThat(line.execute(arguments)).isEqualTo(Unmask.MISTAKE);
    assertThat(err.toString().lines()).singleElement().asString().matches(sentence);
  }

  /** Answers so often. */
  private static final class Tiring implements UnaryOperator<Prediction> {
    private final AtomicInteger left;

    Tiring(int evaluations) {
      left = new AtomicInteger(evaluations);
    }

    @Override
    public Prediction apply(Prediction answer) {
      if (left.decrementAndGet() < 0) {
        throw new InputException("I am tired.");
      }
      return answer;
    }
  }

  /** The same, but for its answers. */
  private static Model answering(Model model, UnaryOperator<Prediction> answers) {
    TokenDenoiser denoiser =
        new TokenDenoiser() {
          @Override
          public int vocabularySize() {
            return model.denoiser().vocabularySize();
          }

          @Override
          public int contextLength() {
            return model.denoiser().contextLength();
          }

          @Override
          public RowMeaning rowMeaning() {
            return model.denoiser().rowMeaning();
          }

          @Override
          public Prediction predict(Request request) {
            return answers.apply(model.denoiser().predict(request));
          }

          @Override
          public void close() {}
        };
    return new Model(model.name(), model.sha256(), denoiser, model.tokenizer(), model.vocabulary());
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Unmask.commandLine().setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }
}
