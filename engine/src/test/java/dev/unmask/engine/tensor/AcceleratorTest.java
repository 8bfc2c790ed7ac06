package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With cards that are described, because few machines have one. */
class AcceleratorTest {
  private static final String SERVICES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "11060, 3, 5, 'the X has compute capability 3.5, and ND4J serves 3.7 to 8.9'",
    "12020, 9, 0, 'the X has compute capability 9.0, and ND4J serves 3.7 to 8.9'",
    "12080, 12, 0, 'the X has compute capability 12.0, and ND4J serves 3.7 to 8.9'",
    "10020, 7, 5, 'the driver of the X is older than CUDA 11'",
  })
  void aCardThatWillNotDoIsSaidToBeSoInOneLine(int driver, int major, int minor, String why) {
    Optional<CudaCard> card = Optional.of(new CudaCard("X", driver, major, minor));
    Accelerator accelerator = Accelerator.of(true, card);
    assertThat(accelerator.isCard()).isFalse();
    assertThat(accelerator.notice()).hasValue("Computing on the CPU: " + why + ".");
  }

  @ParameterizedTest
  @CsvSource({"11000, 3, 7", "11060, 8, 6", "12080, 8, 9"})
  void aCardThatWillDoIsTaken(int driver, int major, int minor) {
    Optional<CudaCard> card = Optional.of(new CudaCard("X", driver, major, minor));
    Accelerator accelerator = Accelerator.of(true, card);
    assertThat(accelerator.isCard()).isTrue();
    assertThat(accelerator.notice()).hasValue("Computing on the X.");
  }

  @Test
  void withoutACardOrLibrariesItIsTheCpu() {
    assertThat(Accelerator.of(true, Optional.empty()).notice())
        .hasValueSatisfying(line -> assertThat(line).contains("no NVIDIA card"));
    assertThat(Accelerator.of(false, Optional.empty()).notice())
        .hasValueSatisfying(line -> assertThat(line).contains("not on the class path"));
  }

  @Test
  void nobodyWhoAsksForNothingIsToldAnything() {
    assertThat(Accelerator.probe()).isEqualTo(new Accelerator(false, Optional.empty()));
    try (TensorOps ops = Accelerator.probe().open(1)) {
      assertThat(ops).isInstanceOf(HostTensors.class);
    }
  }

  @Test
  void ofTwoBackEndsOnTheClassPathOneIsSeen() throws IOException {
    URL[] both = {library("nd4j-native-1"), library("nd4j-cuda-11.6-1")};
    try (URLClassLoader loader = new URLClassLoader(both, null)) {
      for (BackEnd backEnd : BackEnd.values()) {
        assertThat(backEnd.isThere(loader)).isTrue();
        assertThat(Collections.list(backEnd.alone(loader).getResources(SERVICES)))
            .hasSize(1)
            .allMatch(url -> url.getPath().contains(backEnd == BackEnd.CUDA ? "cuda" : "native"));
        assertThat(Collections.list(backEnd.alone(loader).getResources("other"))).hasSize(2);
      }
    }
    assertThat(BackEnd.CUDA.isThere(BackEnd.class.getClassLoader())).isFalse();
  }

  private URL library(String name) throws IOException {
    Path services = folder.resolve(name).resolve(SERVICES);
    Files.createDirectories(services.getParent());
    Files.createFile(services);
    Files.createFile(folder.resolve(name).resolve("other"));
    return folder.resolve(name).toUri().toURL();
  }

  @Test
  void aProcessThatComputesOnTheCpuTakesNoCard() {
    BackEnd.choose(BackEnd.NATIVE);
    assertThatThrownBy(() -> BackEnd.choose(BackEnd.CUDA))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("computed on the graphics card");
  }

  /** Whatever this machine has, asking its driver does no harm. */
  @Test
  void theDriverIsAsked() {
    CudaCard.probe().ifPresent(card -> assertThat(card.name()).isNotBlank());
  }
}
