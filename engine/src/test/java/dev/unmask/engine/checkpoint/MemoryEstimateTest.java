package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryEstimateTest {
  @TempDir Path temporary;

  @Test
  void countsWhatIsLoaded() {
    Path folder = GoldenFiles.modelFolder(temporary);
    MemoryEstimate demand = MemoryEstimate.of(folder, 10);
    assertThat(demand.parameters()).isEqualTo(103_744);
    assertThat(demand.multiplied()).isEqualTo(demand.parameters() - 5 * 64);
    assertThat(demand.weightBytes()).isEqualTo(4 * demand.parameters());
    assertThat(demand.stays()).isFalse();
    assertThat(demand.workBytes()).isEqualTo(10 * 4 * (5 * 64 + 2 * 3 * 64 + 3 * 96 + 2 * 264));
    assertThat(demand.sentence()).contains("tiny has 103,744 parameters in F32", "10 tokens");
    assertThat(demand.seconds(1)).isBetween(1e-9, 1.0);
    demand.checkFits(demand.weightBytes() + demand.workBytes());
    assertThatThrownBy(() -> demand.checkFits(demand.weightBytes() + demand.workBytes() - 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tiny needs 0.0 GB of memory for 10 tokens");
  }

  /** Whatever they are stored in: the card's operations know float32 alone. */
  @Test
  void whatDoesNotFitOnACardIsRefusedWithWhatItNeedsAndWhatIsFree() {
    MemoryEstimate demand =
        new MemoryEstimate("m", 8_000_000_000L, 1, ElementType.BF16, 16, true, 1_000_000_000L, 1);
    demand.checkFitsCard("X", 33_000_000_000L);
    assertThatThrownBy(() -> demand.checkFitsCard("X", 32_999_999_999L))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("m needs 33.00 GB of a graphics card's memory")
        .hasMessageContainingAll("the X has 33.00 GB free", "--device cpu");
  }

  /** A file of which only the header was ever written takes no room on most file systems. */
  @Test
  void whatCannotFitIsRefusedBeforeItIsLoaded() throws IOException {
    Path folder = GoldenFiles.modelFolder(temporary);
    long rows = MemoryEstimate.memory() / 4 + (1 << 20);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      String header =
          "{\"a\":{\"dtype\":\"BF16\",\"shape\":[%d,2],\"data_offsets\":[0,%d]}}"
              .formatted(rows, 4 * rows);
      file.setLength(0);
      file.writeLong(Long.reverseBytes(header.length()));
      file.write(header.getBytes(StandardCharsets.UTF_8));
      file.setLength(8 + header.length() + 4 * rows);
    }
    MemoryEstimate demand = MemoryEstimate.of(folder, 10);
    assertThat(demand.stays()).isTrue();
    assertThat(demand.type()).isEqualTo(ElementType.BF16);
    assertThat(demand.weightBytes()).isEqualTo(4 * rows);
    assertThatThrownBy(() -> Model.open(folder, 1).close())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("GB of memory");
  }
}
