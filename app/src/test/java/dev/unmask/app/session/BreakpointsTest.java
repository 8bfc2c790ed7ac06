package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void leaveOutWhatIsNotUnderstood() {
    breakpoints.restore(List.of(new Breakpoints.Kept("no such", true)));
    assertThat(breakpoints.items()).isEmpty();
    assertThat(breakpoints.errorProperty().get()).isEmpty();
  }
}
