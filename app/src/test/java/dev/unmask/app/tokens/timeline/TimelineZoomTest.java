package dev.unmask.app.tokens.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Span;
import dev.unmask.app.picture.View;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.tokens.Forms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineZoomTest {
  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final TimelineZoom zoom = new TimelineZoom(session);

  @BeforeEach
  void showsTheStory() {
    session.start(Forms.of().request());
    session.pulse(0);
  }

  @Test
  void goesCloserAndBack() {
    zoom.closer();
    assertThat(zoom.zoomed()).isTrue();
    zoom.whole();
    assertThat(session.viewProperty().get()).isEqualTo(View.WHOLE);
  }

  @Test
  void focusBringsTheSelectedRowIntoView() {
    session.selectionProperty().set(9);
    session.pulse(0);
    zoom.closer();
    zoom.focus();
    View view = session.viewProperty().get();
    assertThat(view.positions().to()).isEqualTo(1);
    assertThat(view.positions().from()).isLessThan(0.95);
  }

  @Test
  void turnsThePageWhenThePlayheadLeavesIt() {
    session.viewProperty().set(View.WHOLE.of(new Span(0, 0.25), Span.WHOLE));
    session.playhead().seek(5);
    session.pulse(0);
    zoom.follow(session.frameProperty().get().orElseThrow());
    Span after = session.viewProperty().get().steps();
    double place = 5.0 / session.frameProperty().get().orElseThrow().plannedSteps();
    assertThat(place).isBetween(after.from(), after.to());
    zoom.follow(session.frameProperty().get().orElseThrow());
    assertThat(session.viewProperty().get().steps()).isEqualTo(after);
  }

  @Test
  void anotherRunIsSeenWhole() {
    zoom.closer();
    session.start(Forms.of().request());
    assertThat(zoom.zoomed()).isFalse();
  }
}
