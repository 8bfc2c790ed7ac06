package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.app.Launcher;
import dev.unmask.app.workbench.RunRequest;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.remote.RemoteAddress;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.TokenRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A server that is a process of its own, as on another machine. */
@Timeout(120)
class ServeCommandTest {
  @TempDir private Path folder;

  private Process server;
  private String address;

  @BeforeEach
  void serve() throws IOException {
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
    server.destroyForcibly();
  }

  @Test
  void aRunOnAServedModelIsTheLocalRun() {
    Path there = folder.resolve("there.trace.safetensors");
    Path here = folder.resolve("here.trace.safetensors");
    String text = run("run", "--model", address, "--quiet", "--steps", "4", "--trace", "" + there);
    assertThat(text)
        .isEqualTo(
            run("run", "--model", "stories", "--quiet", "--steps", "4", "--trace", "" + here));
    assertThat(run("compare", "" + there, "" + here)).endsWith("identical\n");
  }

  @Test
  void aServerThatIsKilledLeavesTheStepsSoFar() throws InterruptedException {
    try (Model model = RemoteModel.connect(RemoteAddress.of(address), Optional.empty())) {
      assertThat(model.name()).isEqualTo(address);
      TokenRun run =
          new RunRequest(address, "", 16, "llada", Map.of("steps", "4"), 1)
              .start(model, RandomKind.PHILOX);
      run.step();
      server.destroyForcibly().waitFor();
      assertThatThrownBy(run::step)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("The model at " + address + " did not answer in 3 attempts");
      assertThat(run.trace().steps()).isEqualTo(1);
    }
  }

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Unmask.commandLine().setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }
}
