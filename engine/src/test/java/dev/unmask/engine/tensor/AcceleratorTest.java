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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With cards that are described, because few machines have one. */
class AcceleratorTest {
  private static final String SERVICES = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  @TempDir Path folder;

  private static final Map<String, String> KEPT = Map.of("CUDA_CACHE_MAXSIZE", "4294967296");

  @ParameterizedTest
  @CsvSource({
    "11060, 3, 5, 'the X has compute capability 3.5, and ND4J serves'",
    "10020, 7, 5, 'the driver of the X is older than CUDA 11'",
  })
  void aCardThatWillNotDoIsSaidToBeSoInOneLine(int driver, int major, int minor, String why) {
    Accelerator accelerator = Accelerator.of(true, card(driver, major, minor), KEPT);
    assertThat(accelerator.card()).isEmpty();
    assertThat(accelerator.notice().orElseThrow())
        .startsWith("Computing language models on the CPU: " + why);
  }

  @ParameterizedTest
  @CsvSource({"11000, 6, 0", "11060, 8, 6", "12080, 8, 9"})
  void aCardThatWillDoIsTaken(int driver, int major, int minor) {
    GraphicsCard.Nvidia card = card(driver, major, minor);
    Accelerator accelerator = Accelerator.of(true, card, Map.of());
    assertThat(accelerator.card()).hasValue(card);
    assertThat(accelerator.notice()).hasValue("Computing language models on the X.");
  }

  @ParameterizedTest
  @CsvSource({"12020, 9, 0", "12080, 10, 0", "12080, 12, 0"})
  void aLaterCardIsTakenByTranslationWhichIsSaidToTakeLong(int driver, int major, int minor) {
    Accelerator accelerator = Accelerator.of(true, card(driver, major, minor), KEPT);
    assertThat(accelerator.card()).isPresent();
    assertThat(accelerator.notice().orElseThrow())
        .startsWith("Computing language models on the X by translation")
        .contains("25 minutes")
        .doesNotContain("CUDA_CACHE_MAXSIZE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "268435456", "many"})
  void aCacheThatIsTooSmallForTheTranslationIsTold(String size) {
    Map<String, String> environment =
        size.isEmpty() ? Map.of() : Map.of("CUDA_CACHE_MAXSIZE", size);
    assertThat(Accelerator.of(true, card(12_020, 9, 0), environment).notice().orElseThrow())
        .endsWith("set CUDA_CACHE_MAXSIZE=4294967296, or it may do so at each start.");
  }

  private static GraphicsCard.Nvidia card(int driver, int major, int minor) {
    return new GraphicsCard.Nvidia("X", driver, major, minor, 24_000_000_000L);
  }

  @Test
  void whyND4JDoesNotStartOnACardIsToldAndAFaultElsewhereStaysOne() {
    var error = new ExceptionInInitializerError(new IllegalStateException("no code for it"));
    assertThat(Accelerator.of(true, card(12_020, 8, 6), KEPT).failed(error))
        .hasMessageContaining("does not start on the X; renew")
        .hasCause(error);
    assertThatThrownBy(() -> Accelerator.of(Device.CPU).failed(error)).isSameAs(error);
  }

  @Test
  void aCardIsDescribed() {
    assertThat(card(12_080, 9, 0).words())
        .isEqualTo("X, compute capability 9.0, 24.0 GB of memory, driver for CUDA 12.8");
  }

  @Test
  void withoutACardOrLibrariesItIsTheCpu() {
    assertThat(Accelerator.of(true, new GraphicsCard.Absent("nothing is there"), KEPT))
        .isEqualTo(
            new Accelerator(
                Optional.empty(),
                Optional.of("Computing language models on the CPU: nothing is there.")));
    assertThat(Accelerator.of(false, card(12_020, 8, 0), KEPT).notice().orElseThrow())
        .startsWith("Computing language models on the CPU")
        .contains("-Pcuda");
  }

  @Test
  void nobodyWhoAsksForNothingIsToldAnything() {
    assertThat(Accelerator.probe()).isEqualTo(new Accelerator(Optional.empty(), Optional.empty()));
    try (TensorOps ops = Accelerator.probe().open(1)) {
      assertThat(ops).isInstanceOf(HostTensors.class);
    }
  }

  @Test
  void ofTwoBackEndsOnTheClassPathOneIsSeen() throws IOException {
    URL[] both = {library("nd4j-native-1"), library("nd4j-cuda-11.2-1")};
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

  @Test
  void whoeverAsksForADeviceThatIsNoneIsToldWhichThereAre() {
    System.setProperty("unmask.device", "gpu");
    try {
      assertThatThrownBy(Device::asked)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'gpu'; give cpu or cuda");
    } finally {
      System.clearProperty("unmask.device");
    }
  }

  /** Whatever this machine has, asking its driver does no harm. */
  @Test
  void theDriverIsAsked() {
    assertThat(GraphicsCard.probe().words()).isNotBlank();
  }
}
