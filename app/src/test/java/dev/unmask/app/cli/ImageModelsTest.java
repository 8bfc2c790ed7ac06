package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageModelsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  /** Eight images of four by four pixels, white on one side or the other. */
  @BeforeEach
  void write() throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + 128).putInt(0x803).putInt(8).putInt(4).putInt(4);
    ByteBuffer labels = ByteBuffer.allocate(8 + 8).putInt(0x801).putInt(8);
    for (int image = 0; image < 8; image++) {
      for (int i = 0; i < 16; i++) {
        pixels.put((byte) (i % 4 < 2 == image % 2 < 1 ? 255 - image : 0));
      }
      labels.put((byte) (image % 2));
    }
    Files.write(folder.resolve("images"), pixels.array());
    Files.write(folder.resolve("labels"), labels.array());
  }

  @Test
  void theDistanceOfSamplesToImagesComesLast() {
    train("classes");
    train("noise");
    assertThat(evaluate("noise", "--samples", "4", "--steps", "3")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).anyMatch(l -> l.startsWith("4 samples, DDIM 3 steps, guidance 0.0, seed 0"));
    assertThat(lines.getLast()).matches("frechet \\d+\\.\\d{3}");
  }

  @Test
  void theErrorOfAnAutoencoderComesLast() {
    train("autoencoder");
    assertThat(evaluate("autoencoder")).isZero();
    assertThat(out.toString().lines().toList().getLast()).matches("squared error \\d+\\.\\d{4}");
  }

  @Test
  void mistakesAreToldInASentence() {
    train("noise");
    train("classes");
    assertThat(evaluate("noise", "--samples", "8")).isEqualTo(2);
    assertThat(err.toString()).contains("There are 8 images of 2 classes for 8 samples");
    assertThat(evaluate("noise", "--steps", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--steps is '0'");
    assertThat(evaluate("classes")).isEqualTo(2);
    assertThat(err.toString()).contains("its model_type is not \"unet\"");
  }

  private void train(String goal) {
    String line = "train --goal %s --fine 4 --coarse 32 --blocks 1 --batch 4 --steps 2 --threads 1";
    int code =
        run(
            line.formatted(goal),
            "--data",
            path("images"),
            "--labels",
            path("labels"),
            "--out",
            path(goal));
    assertThat(code).as(err.toString()).isZero();
  }

  private int evaluate(String model, String... options) {
    return run(
        "evaluate " + String.join(" ", options),
        path(model + "/model"),
        path("images"),
        "--labels",
        path("labels"),
        "--classifier",
        path("classes/model"));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int run(String words, String... paths) {
    String[] line =
        Stream.concat(Stream.of(words.strip().split(" ")), Stream.of(paths)).toArray(String[]::new);
    return Unmask.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line);
  }
}
