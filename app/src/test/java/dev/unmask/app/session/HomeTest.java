package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeTest {
  @Test
  void isWhereTheCommandLineSaysElseTheVariableElseWithTheUser() {
    Map<String, String> variables = Map.of("UNMASK_HOME", "moved");
    assertThat(Home.of(Optional.of(Path.of("asked")), variables).folder())
        .isEqualTo(Path.of("asked"));
    assertThat(Home.of(Optional.empty(), variables).folder()).isEqualTo(Path.of("moved"));
    Path usual = Path.of(System.getProperty("user.home"), ".unmask");
    assertThat(Home.of(Optional.empty(), Map.of()).folder()).isEqualTo(usual);
    assertThat(Home.of(Optional.empty(), Map.of("UNMASK_HOME", "")).folder()).isEqualTo(usual);
  }
}
