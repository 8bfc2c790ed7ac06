package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.check.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTest {
  private static final Path BUGS = Path.of("..", "samples", "bugs");

  private final Session session = new Session(Starters.ofRecorded(), Runnable::run);
  private final Doctor doctor = session.debugger().doctor();

  @Test
  void whatIsFoundInARunIsListedAndShown() {
    open("infinite-score");
    List<Finding> found = doctor.findings();
    assertThat(found).isNotEmpty();
    assertThat(doctor.summary()).startsWith(Integer.toString(found.size()));
    doctor.show(found.getFirst());
    assertThat(session.playhead().stepProperty().get()).isEqualTo(found.getFirst().step());
  }

  @Test
  void whatWasFoundInOneRunIsNotToldOfAnother() {
    open("infinite-score");
    List<Finding> before = doctor.findings();
    open("samples-again");
    assertThat(doctor.findings()).isNotEqualTo(before);
  }

  private void open(String bug) {
    session.open(BUGS.resolve(bug + ".trace.safetensors"));
    session.pulse(0);
    session.pulse(0);
    session.pulse(0);
  }
}
