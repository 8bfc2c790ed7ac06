package dev.unmask.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.engine.GoldenFiles;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JaxRandomTest {
  private static final Rows FIVE = Rows.packed(IntStream.range(0, 5).toArray());

  @Test
  void makesJaxsNumbersOfTheKeysThatJaxMakes() throws IOException {
    JsonNode table =
        new ObjectMapper().readTree(GoldenFiles.path("maskgit/jax_threefry.json").toFile());
    assertThat(table.get("cases")).isNotEmpty();
    for (JsonNode one : table.get("cases")) {
      long seed = one.get("seed").asLong();
      for (int index = 0; index < 2; index++) {
        long child = JaxRandom.threefry(seed, index);
        assertThat(child >>> 32).isEqualTo(one.at("/split2/" + index + "/0").asLong());
        assertThat(child & 0xFFFFFFFFL).isEqualTo(one.at("/split2/" + index + "/1").asLong());
      }
      for (int place = 0; place < 5; place++) {
        long block = JaxRandom.threefry(seed, place);
        long bits = (block >>> 32 ^ block) & 0xFFFFFFFFL;
        assertThat(bits).isEqualTo(one.at("/bits5/" + place).asLong());
      }
    }
  }

  @Test
  void eachTensorHasAKeyOfItsOwn() {
    JaxRandom random = new JaxRandom(42, 0);
    float[][] first = random.uniform32(Purpose.TOKEN, FIVE, 1);
    float[][] second = random.uniform32(Purpose.TOKEN, FIVE, 1);
    assertThat(second[0]).isNotEqualTo(first[0]);
    long key = JaxRandom.threefry(42, 1);
    long block = JaxRandom.threefry(key, 3);
    int bits = (int) (block >>> 32) ^ (int) block;
    assertThat(first[3][0]).isEqualTo((bits >>> 9) * 0x1p-23f);
    assertThat(random.draws()).containsExactly(2);
    assertThat(new JaxRandom(42, 1).uniform32(Purpose.TOKEN, FIVE, 1)).isDeepEqualTo(second);
  }

  @Test
  void integersAreBelowTheirBoundAndEvenlySpread() {
    Rows many = Rows.packed(IntStream.range(0, 9000).toArray());
    int[] numbers = new JaxRandom(1, 0).integers(Purpose.START, many, 3);
    for (int number = 0; number < 3; number++) {
      int wanted = number;
      assertThat(IntStream.of(numbers).filter(each -> each == wanted).count())
          .isBetween(2800L, 3200L);
    }
  }
}
