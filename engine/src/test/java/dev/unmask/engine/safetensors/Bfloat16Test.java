package dev.unmask.engine.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Bfloat16Test {
  @Test
  void everyPatternSurvivesTheRoundTrip() {
    for (int bits = 0; bits <= 0xFFFF; bits++) {
      float value = Bfloat16.toFloat((short) bits);
      short back = Bfloat16.fromFloat(value);
      if (Float.isNaN(value)) {
        assertThat(Bfloat16.toFloat(back)).isNaN();
      } else {
        assertThat(back).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void tiesRoundToEven() {
    assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3F80_8000))).isEqualTo((short) 0x3F80);
    assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3F81_8000))).isEqualTo((short) 0x3F82);
    assertThat(Bfloat16.fromFloat(Float.intBitsToFloat(0x3F80_8001))).isEqualTo((short) 0x3F81);
  }

  @Test
  void whatIsTooLargeBecomesInfinite() {
    assertThat(Bfloat16.toFloat(Bfloat16.fromFloat(Float.MAX_VALUE))).isInfinite();
  }

  @Test
  void aNanWithLowBitsOnlyStaysNan() {
    assertThat(Bfloat16.toFloat(Bfloat16.fromFloat(Float.intBitsToFloat(0x7F80_0001)))).isNaN();
  }
}
