package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void beginsWithEqualSharesAndTheRemainderFirst() {
    assertThat(Schedule.of("even", 4, 10).counts()).containsExactly(3, 3, 2, 2);
  }

  @Test
  void isDrawnStepByStep() {
    Schedule drawn = Schedule.of("even", 3, 6).with(1, 5).with(2, -1).with(9, 4);
    assertThat(drawn.text()).isEqualTo("2,5,0");
    assertThat(Schedule.of(drawn.text(), 64, 64)).isEqualTo(drawn);
  }

  @Test
  void leavesRoomToDrawHigher() {
    assertThat(Schedule.of("1,1,1", 0, 0).room()).isEqualTo(4);
    assertThat(Schedule.of("4,4", 0, 0).room()).isEqualTo(8);
    assertThat(Schedule.of("20,0,0,0", 0, 0).room()).isEqualTo(20);
  }
}
