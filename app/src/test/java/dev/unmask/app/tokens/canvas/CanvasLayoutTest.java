package dev.unmask.app.tokens.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import java.awt.Rectangle;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasLayoutTest {
  @ParameterizedTest
  @CsvSource({"8, 1300, 400", "64, 610, 260", "256, 1000, 400", "1024, 1000, 400", "64, 3000, 900"})
  void allSlotsAreOfOneSizeAndInsideWithoutTouching(int length, int width, int height) {
    List<Rectangle> slots = slots(length, width, height);
    assertThat(slots).hasSize(length);
    assertThat(slots).extracting(Rectangle::getSize).containsOnly(slots.getFirst().getSize());
    assertThat(slots).allMatch(new Rectangle(0, 0, width, height)::contains);
    for (int p = 1; p < length; p++) {
      assertThat(slots.get(p).intersects(slots.get(p - 1))).isFalse();
    }
  }

  @Test
  void fewTokensFillTheirRoom() {
    List<Rectangle> slots = slots(8, 1300, 400);
    Rectangle used = slots.stream().reduce(Rectangle::union).orElseThrow();
    assertThat(used.width).isGreaterThan(1100);
    assertThat(used.height).isGreaterThan(230);
  }

  private static List<Rectangle> slots(int length, int width, int height) {
    String[] words = IntStream.range(0, length).mapToObj(p -> "w").toArray(String[]::new);
    Frame frame = Frame.of(new HandMade(0, words), width, height);
    return CanvasLayout.below(Card.LINE, frame).slots();
  }
}
