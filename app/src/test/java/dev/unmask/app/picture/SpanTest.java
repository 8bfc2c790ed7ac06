package dev.unmask.app.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpanTest {
  @Test
  void zoomsAroundThePlaceThatStays() {
    Span closer = Span.WHOLE.zoom(0.25, 2, 0.01);
    assertThat(closer.size()).isEqualTo(0.5);
    assertThat((0.25 - closer.from()) / closer.size()).isEqualTo(0.25, within(1e-12));
    assertThat(closer.zoom(0.25, 0.5, 0.01)).isEqualTo(Span.WHOLE);
  }

  @Test
  void neverShowsLessThanItMustOrMoreThanThereIs() {
    assertThat(Span.WHOLE.zoom(0.5, 1000, 0.1).size()).isEqualTo(0.1, within(1e-12));
    assertThat(new Span(0.4, 0.6).zoom(0.5, 0.001, 0.1)).isEqualTo(Span.WHOLE);
    assertThat(Span.WHOLE.zoom(0.5, 2, 3)).isEqualTo(Span.WHOLE);
  }

  @Test
  void stopsAtTheEndsWhenItIsMoved() {
    assertThat(new Span(0.25, 0.5).pan(-9)).isEqualTo(new Span(0, 0.25));
    assertThat(new Span(0.25, 0.5).pan(9)).isEqualTo(new Span(0.75, 1));
  }
}
