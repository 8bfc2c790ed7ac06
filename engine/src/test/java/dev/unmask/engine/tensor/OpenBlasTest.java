package dev.unmask.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.tensor.OpenBlas.Core;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenBlasTest {
  /** What Linux says of processors, without most of what does not matter here. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Emerald Rapids | GenuineIntel | 207 | sse4_2 avx f16c fma avx2 bmi2 avx512f avx512dq avx512ifma avx512cd avx512bw avx512vl avx512_bf16 amx_tile | SkylakeX",
        "Skylake-SP     | GenuineIntel | 85  | sse4_2 avx f16c fma avx2 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl | SkylakeX",
        "Raptor Lake    | GenuineIntel | 183 | sse4_2 avx f16c fma avx2 bmi2 avx_vnni | Haswell",
        "Haswell        | GenuineIntel | 60  | sse4_2 avx f16c fma avx2 bmi2 | Haswell",
        "Knights Landing| GenuineIntel | 87  | sse4_2 avx f16c fma avx2 bmi2 avx512f avx512pf avx512er avx512cd | Haswell",
        "Zen 4          | AuthenticAMD | 17  | sse4_2 sse4a avx f16c fma avx2 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl | Zen",
        "Zen 2          | AuthenticAMD | 49  | sse4_2 sse4a avx f16c fma avx2 bmi2 | Zen",
        "Dhyana         | HygonGenuine | 1   | sse4_2 sse4a avx f16c fma avx2 bmi2 | Zen",
        "Sandy Bridge   | GenuineIntel | 42  | sse4_2 avx | ",
        "Nehalem        | GenuineIntel | 26  | ssse3 sse4_1 sse4_2 popcnt | ",
        "AVX kept back  | GenuineIntel | 207 | sse4_2 aes hypervisor avx512f avx512dq avx512cd avx512bw avx512vl | ",
        "AVX2, no FMA   | GenuineIntel | 60  | sse4_2 avx avx2 hypervisor | ",
      })
  void theKernelsAreTheBestThatTheProcessorCanRun(
      String processor, String vendor, int model, String flags, String core) {
    String first =
        """
        processor\t: 0
        vendor_id\t: %s
        cpu family\t: 6
        model\t\t: %d
        model name\t: %s: avx2 fma
        flags\t\t: fpu vme    de %s
        vmx flags\t: vnmi avx2 fma
        bugs\t\t: spectre_v1

        """
            .formatted(vendor, model, processor, flags);
    String description = first + first.replace("processor\t: 0", "processor\t: 1");
    assertThat(Core.of(Processor.linux(description)).map(Core::name))
        .isEqualTo(Optional.ofNullable(core));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Intel64 Family 6 Model 207 Stepping 2, GenuineIntel | true  | true  | SkylakeX",
        "Intel64 Family 6 Model 183 Stepping 1, GenuineIntel | true  | false | Haswell",
        "Intel64 Family 6 Model 133 Stepping 0, GenuineIntel | true  | true  | Haswell",
        "AMD64 Family 25 Model 97 Stepping 2, AuthenticAMD   | true  | true  | Zen",
        "Intel64 Family 6 Model 26 Stepping 5, GenuineIntel  | false | false | ",
        "''                                                  | true  | false | Haswell",
      })
  void windowsTellsItInItsOwnWay(String identifier, boolean avx2, boolean avx512f, String core) {
    assertThat(Core.of(Processor.windows(identifier, avx2, avx512f)).map(Core::name))
        .isEqualTo(Optional.ofNullable(core));
  }

  @Test
  void anotherKindOfProcessorIsLeftToOpenBlas() {
    String arm = "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd\n";
    assertThat(Core.of(Processor.linux(arm))).isEmpty();
    assertThat(Core.of(Processor.UNKNOWN)).isEmpty();
  }

  @Test
  void whereThereIsAvx2ProductsAreNotComputedBySse3() {
    String asked = System.getenv("OPENBLAS_CORETYPE");
    Core core = OpenBlas.core();
    if (asked != null) {
      assertThat(core.name()).isEqualToIgnoringCase(asked);
      assertThat(core.reason()).contains("OPENBLAS_CORETYPE");
    } else if (Processor.here().avx2()) {
      assertThat(core).isEqualTo(Core.of(Processor.here()).orElseThrow());
      assertThat(core.name()).isNotEqualTo("Prescott");
    }
  }
}
