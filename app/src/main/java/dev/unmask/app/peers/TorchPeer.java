package dev.unmask.app.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.SafetensorsFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * PyTorch, by the script {@code samples/python/torch_peer.py}: a process that is sent a line of
 * JSON for each thing that it is to do, and answers each with one.
 */
public final class TorchPeer implements Contender {
  private static final JsonMapper JSON = new JsonMapper();

  /** Of variables by which the user, or this program's start script, tells a BLAS what to do. */
  private static final List<String> TOLD = List.of("OMP_", "MKL_", "KMP_", "OPENBLAS_");

  private final List<String> command;
  private final Path folder;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;
  private final String name;

  /**
   * Starts the script and waits until it has said what it is.
   *
   * @param python the program that runs it
   * @param folder where it may write
   * @throws InputException if there is no such program, or it has no torch
   */
  public TorchPeer(String python, Path script, Path folder) {
    command = List.of(python, script.toString());
    this.folder = folder;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(errors().toFile());
    builder.environment().keySet().removeIf(key -> TOLD.stream().anyMatch(key::startsWith));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new InputException(
          "torch is not compared with, because %s cannot be started (%s); name a Python that has torch with --python."
              .formatted(python, e.getMessage()),
          e);
    }
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
    name = answer().path("name").asText();
  }

  private Path errors() {
    return folder.resolve("torch-errors.txt");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Session> open(PeerWork work, int threads) {
    SequencedMap<String, Object> request = new LinkedHashMap<>();
    switch (work) {
      case PeerWork.Evaluation evaluation -> {
        request.put("open", "evaluate");
        request.put("ids", evaluation.ids());
      }
      case PeerWork.Generation generation -> {
        request.put("open", "generate");
        request.put("prompt", generation.prompt());
        request.put("length", generation.length());
        request.put("steps", generation.steps());
      }
      case PeerWork.Training training -> {
        request.put("open", "train");
        request.put("inputs", training.inputs().toString());
      }
      case PeerWork.Denoising denoising -> {
        request.put("open", "denoise");
        request.put("inputs", denoising.inputs().toString());
        request.put("steps", denoising.steps());
      }
    }
    request.put("model", work.model().toAbsolutePath().toString());
    request.put("threads", threads);
    ask(request);
    return Optional.of(new Opened());
  }

  private final class Opened implements Session {
    @Override
    public Turn run(int times) {
      JsonNode took = ask(Map.of("run", times));
      return new Turn(took.path("seconds").asDouble(), took.path("processor").asDouble());
    }

    @Override
    public float[] result() {
      Path file = folder.resolve("torch-result.safetensors");
      ask(Map.of("save", file.toString()));
      try (SafetensorsFile saved = SafetensorsFile.open(file)) {
        return saved.floats("result");
      }
    }
  }

  private JsonNode ask(Map<String, Object> request) {
    try {
      requests.write(JSON.writeValueAsString(request) + "\n");
      requests.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return answer();
  }

  private JsonNode answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw ended(null);
      }
      return JSON.readTree(line);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private InputException ended(IOException cause) {
    return new InputException(
        "torch is not compared with, because `%s` ended with \"%s\"; name a Python that has torch with --python, and the script with --script."
            .formatted(String.join(" ", command), lastError()),
        cause);
  }

  private String lastError() {
    try {
      return Files.readString(errors()).strip().lines().reduce("", (_, line) -> line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
