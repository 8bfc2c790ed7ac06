package dev.unmask.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.History;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunChipsTest {
  @Test
  void onlyWhatDiffersIsInFront() {
    History a = run("llada", 6, Map.of("steps", "8", "temperature", 0.0));
    History b = run("llada", 6, Map.of("steps", "4", "temperature", 0.0));
    List<RunChips> chips = RunChips.of(List.of(a, b));
    assertThat(chips.getFirst().differing()).containsOnly(Map.entry("steps", "8"));
    assertThat(chips.getLast().differing()).containsOnly(Map.entry("steps", "4"));
    assertThat(chips.getFirst().others()).containsEntry("temperature", "0.0").containsKey("seed");
  }

  @Test
  void aSettingThatOthersDoNotHaveIsInFrontUnlessItIsAtItsDefault() {
    History a = run("llada", 6, Map.of("guidance", 0.0, "remasking", "random"));
    History b = run("p2", 6, Map.of());
    RunChips chips = RunChips.of(List.of(a, b)).getFirst();
    assertThat(chips.differing()).containsOnlyKeys("sampler", "remasking");
    assertThat(chips.others()).containsKey("guidance");
  }

  @Test
  void aRunAloneDiffersFromNothing() {
    RunChips chips = RunChips.of(List.of(run("llada", 6, Map.of("steps", "8")))).getFirst();
    assertThat(chips.differing()).isEmpty();
  }

  private static History run(String sampler, long seed, Map<String, Object> settings) {
    var header =
        new TraceHeader(
            new TraceHeader.Model("stories", "0".repeat(64)),
            new TraceHeader.Tokens(List.of("_", "a"), 0, 1, 0),
            "absorbing",
            "philox",
            seed,
            List.of(new TraceHeader.Segment(0, sampler, settings, List.of())),
            Optional.empty(),
            Optional.empty(),
            "test");
    var start = new TokenState(0, new int[] {0}, new byte[1], 1, 0, new long[0], Map.of());
    return History.of(new RecordedTrace<TokenState, TokenRecord>(header, start));
  }
}
