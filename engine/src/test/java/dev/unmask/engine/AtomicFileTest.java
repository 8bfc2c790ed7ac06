package dev.unmask.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  @TempDir private Path folder;

  /** Another program: claims the place that it is given, says so, and waits to be told to end. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws IOException {
      try (AtomicFile _ = AtomicFile.claim(Path.of(args[0]))) {
        System.out.write('c');
        System.out.flush();
        System.in.read();
      }
    }
  }

  @Test
  void replacesWhatWasThereAndLeavesNothingBeside() throws IOException {
    write("first");
    write("second");
    assertThat(place()).hasContent("second");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void whatWasThereStaysIfTheNewCannotBeWritten() throws IOException {
    write("first");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    place(),
                    out -> {
                      out.write(1);
                      out.flush();
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("No space left on device; make room there");
    assertThat(place()).hasContent("first");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void whoeverIsInterruptedWhileWritingHasGivenItUp() throws IOException {
    write("first");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> write("second")).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(place()).hasContent("first");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void onePlaceIsFilledAsOftenAsItIsClaimedFor() {
    try (AtomicFile file = AtomicFile.claim(place())) {
      file.make(beside -> Files.writeString(beside, "one"));
      file.make(beside -> Files.writeString(beside, "two"));
      refuses(place(), "is being written by another run or program");
    }
    assertThat(place()).hasContent("two");
  }

  @Test
  void aPlaceIsFreeAgainOnceItIsGivenUp() {
    AtomicFile file = AtomicFile.claim(place());
    refuses(place(), "is being written by another run or program");
    refuses(folder.resolve("b/../a"), "its folder is not there");
    refuses(folder.resolve("./a"), "is being written by another run or program");
    file.close();
    file.close();
    AtomicFile.check(place());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAnotherProgramIsWritingIsRefusedUntilItEnds() throws IOException, InterruptedException {
    Process other = other();
    try {
      refuses(place(), "is being written by another run or program");
      // To refuse must not have let go of the other's lock.
      refuses(place(), "is being written by another run or program");
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
      AtomicFile.check(place());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aKilledProgramsClaimEndsWithIt() throws IOException, InterruptedException {
    Process other = other();
    other.destroyForcibly().waitFor();
    assertThat(folder.resolve("a.lock")).exists();
    write("mine");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void aFolderIsRefused() {
    refuses(folder, "since it is a folder");
    refuses(Path.of(""), "since it is a folder");
    refuses(Path.of("/"), "since it is a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/full", "/dev/stdout"})
  void aDeviceIsRefused(String device) {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/null")));
    assertThatThrownBy(() -> AtomicFile.check(Path.of(device)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(device + " cannot be written");
    assertThat(Path.of(device + ".lock")).doesNotExist();
  }

  @Test
  void whereNothingCanBeMadeIsRefused() throws IOException {
    refuses(folder.resolve("no/a"), "its folder is not there");
    Path file = Files.createFile(folder.resolve("file"));
    refuses(file.resolve("a"), "its folder is not there");
    refuses(folder.resolve("a".repeat(300)), "cannot be written");
  }

  private Process other() throws IOException {
    Process other =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Other.class.getName(),
                    place().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(other.getInputStream().read()).isEqualTo('c');
    return other;
  }

  private static void refuses(Path place, String why) {
    assertThatThrownBy(() -> AtomicFile.check(place))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private void write(String text) {
    AtomicFile.write(place(), out -> out.write(text.getBytes()));
  }

  private Path place() {
    return folder.resolve("a");
  }
}
