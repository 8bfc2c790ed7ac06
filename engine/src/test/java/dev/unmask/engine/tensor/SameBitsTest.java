package dev.unmask.engine.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits with registers of any width, on any number of threads, compiled or not. */
class SameBitsTest {
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void anyWidthOfRegisters(int bits) throws IOException, InterruptedException {
    assertThat(elsewhere("-D" + Lanes.BITS + "=" + bits)).isEqualTo(KernelBits.of(2));
  }

  @Test
  void withoutTheSecondCompiler() throws IOException, InterruptedException {
    assertThat(elsewhere("-XX:TieredStopAtLevel=1")).isEqualTo(KernelBits.of(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anyNumberOfThreads(int threads) {
    assertThat(KernelBits.of(threads)).isEqualTo(KernelBits.of(2));
  }

  private static String elsewhere(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    option,
                    "--add-modules=jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KernelBits.class.getName(),
                    "1"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }
}
