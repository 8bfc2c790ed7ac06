package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BreakpointsTest {
  private final Breakpoints breakpoints = new Breakpoints();

  @Test
  void areKeptFromOneStartToTheNext() {
    breakpoints.add("remask");
    breakpoints.add("commit where confidence < 0.3");
    breakpoints.items().getFirst().enabled().set(false);
    var next = new Breakpoints();
    next.restore(breakpoints.kept());
    assertThat(next.kept()).isEqualTo(breakpoints.kept());
    assertThat(next.enabled()).hasSize(1);
  }

  @Test
  void onesOfAPositionAreKnownByItAndTakenAwayTogether() {
    breakpoints.add("remask where position = 7");
    breakpoints.add("commit where position = 12");
    breakpoints.add("commit where position > 3");
    breakpoints.items().getFirst().enabled().set(false);
    assertThat(breakpoints.positions()).isEqualTo(Map.of(7, false, 12, true));
    breakpoints.toggleAt(7, "commit where position = 7");
    assertThat(breakpoints.positions()).isEqualTo(Map.of(12, true));
    breakpoints.toggleAt(7, "commit where position = 7");
    assertThat(breakpoints.positions()).isEqualTo(Map.of(7, true, 12, true));
  }

  @Test
  void leaveOutWhatIsNotUnderstood() {
    breakpoints.restore(List.of(new Breakpoints.Kept("no such", true)));
    assertThat(breakpoints.items()).isEmpty();
    assertThat(breakpoints.errorProperty().get()).isEmpty();
  }
}
