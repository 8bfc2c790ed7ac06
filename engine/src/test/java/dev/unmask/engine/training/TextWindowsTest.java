package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.random.Philox;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextWindowsTest {
  private static final int LENGTH = 4;

  /** The tokens 0 to 19, in documents of 10, 3 and 7: cut into 3, 1 and 2 pieces. */
  private final TextWindows windows =
      new TextWindows(
          new Corpus(
              List.of(
                  IntStream.range(0, 10).toArray(),
                  IntStream.range(10, 13).toArray(),
                  IntStream.range(13, 20).toArray())),
          LENGTH);

  @Test
  void windowsAreStretchesOfTheText() {
    assertThat(windows.tokens()).isEqualTo(20);
    for (int[] window : windows.draw(1000, new Philox(1, 0))) {
      assertThat(window).isEqualTo(IntStream.range(window[0], window[0] + LENGTH).toArray());
    }
  }

  @Test
  void halfOfTheseBeginWhereADocumentBeginsAndTheOthersAnywhere() {
    double[] starts = new double[20];
    int draws = 60_000;
    Arrays.stream(windows.draw(draws, new Philox(1, 0))).forEach(window -> starts[window[0]]++);
    double sixth = draws / 6.0;
    for (int begin : new int[] {0, 10, 13}) {
      assertThat(starts[begin]).isCloseTo(sixth, within(500.0));
    }
    for (int start = 1; start <= 8; start++) {
      assertThat(starts[start]).isCloseTo(sixth / 4, within(300.0));
    }
    assertThat(starts[9]).isZero();
    assertThat(starts[16]).as("the last that fits").isCloseTo(sixth / 2, within(400.0));
  }
}
