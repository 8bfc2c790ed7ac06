package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
  static Stream<Setting.Whole> counts() {
    return Stream.concat(Samplers.ALL.stream(), ImageSamplers.ALL.stream())
        .flatMap(kind -> kind.settings().stream())
        .filter(Setting.Whole.class::isInstance)
        .map(Setting.Whole.class::cast)
        // As far as a model sees, which may be without an end, and takes no memory.
        .filter(whole -> !whole.name().equals("context"))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("counts")
  void everyCountOfASamplerIsBoundedAndSaysSo(Setting.Whole count) {
    assertThat(count.range()).isEqualTo(count.least() + " to " + count.most());
    assertThat(count.parse(String.valueOf(count.most()))).isEqualTo(count.most());
    assertThatThrownBy(() -> count.parse("2147483647"))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "The setting %s is '2147483647', but it must be %s."
                .formatted(count.name(), count.range()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1048577", "-1", "99999999999", "1.5", "", "NaN"})
  void whatIsNoCountIsRefused(String text) {
    Setting.Whole count = new Setting.Whole("steps", 1, 0, Setting.Whole.MOST, "Steps");
    assertThatThrownBy(() -> count.parse(text))
        .isInstanceOf(SettingException.class)
        .hasMessage("The setting steps is '" + text + "', but it must be 0 to 1048576.");
  }

  @Test
  void spacesAroundANumberDoNotMatter() {
    assertThat(new Setting.Whole("steps", 1, 0, 9, "Steps").parse(" 7 ")).isEqualTo(7);
  }
}
