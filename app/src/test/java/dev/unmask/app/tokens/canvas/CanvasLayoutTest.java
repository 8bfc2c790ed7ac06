package dev.unmask.app.tokens.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.TextView;
import dev.unmask.app.picture.View;
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

  @Test
  void aTextFlowsInReadingOrderAndScrollsAsFarAsThereIsMore() {
    Frame frame = frame(300, 400, 200).viewed(View.WHOLE.text(TextView.CELLS.turned()));
    CanvasLayout start = CanvasLayout.below(Card.LINE, frame);
    List<Rectangle> slots = start.slots();
    for (int p = 1; p < slots.size(); p++) {
      Rectangle before = slots.get(p - 1);
      Rectangle now = slots.get(p);
      assertThat(now.y > before.y || now.y == before.y && now.x >= before.getMaxX()).isTrue();
    }
    assertThat(start.shows(0)).isTrue();
    assertThat(start.shows(299)).isFalse();
    TextView atLast = frame.view().text().at(start.revealing(299, 0));
    var end = CanvasLayout.below(Card.LINE, frame.viewed(frame.view().text(atLast)));
    assertThat(atLast.from()).isEqualTo(start.further());
    assertThat(end.shows(299)).isTrue();
    assertThat(end.shows(0)).isFalse();
    assertThat(end.at(slots.getFirst().x + 1.0, 10)).isEqualTo(-1);
  }

  @Test
  void aTextDoesNotReflowWhileItPlays() {
    View view = View.WHOLE.text(TextView.CELLS.turned());
    Frame story = Frame.of(HandMade.history(), 0).sized(500, 300).viewed(view);
    assertThat(CanvasLayout.below(Card.LINE, story.at(5)).slots())
        .isEqualTo(CanvasLayout.below(Card.LINE, story).slots());
  }

  @Test
  void zoomingInMakesATextOfCellsAndZoomingOutCellsOfAText() {
    TextView text = TextView.CELLS.zoomed(1.2);
    assertThat(text.flows()).isTrue();
    assertThat(text.zoomed(2).type()).isGreaterThan(text.type());
    assertThat(text.zoomed(0.5)).isEqualTo(TextView.CELLS);
    assertThat(TextView.CELLS.zoomed(0.5)).isEqualTo(TextView.CELLS);
  }

  private static List<Rectangle> slots(int length, int width, int height) {
    return CanvasLayout.below(Card.LINE, frame(length, width, height)).slots();
  }

  private static Frame frame(int length, int width, int height) {
    String[] words = IntStream.range(0, length).mapToObj(p -> "w").toArray(String[]::new);
    return Frame.of(new HandMade(0, words), width, height);
  }
}
