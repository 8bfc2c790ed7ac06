package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void theFirstCoreNamesTheProcessor() {
    String linux = "processor\t: 0\nmodel name\t: One: fast\nmodel name\t: Two\n";
    assertThat(Machine.named(linux, "amd64")).isEqualTo("One: fast");
    assertThat(Machine.named("BogoMIPS\t: 50.00\n", "aarch64")).isEqualTo("aarch64");
  }

  @Test
  void aLoadThatIsNotKnownIsNotTold() {
    assertThat(new Machine("One", 2, -1).words()).isEqualTo("One, 2 cores");
    assertThat(new Machine("One", 2, 0.25).words()).matches("One, 2 cores, load 0[.,]\\d");
  }
}
