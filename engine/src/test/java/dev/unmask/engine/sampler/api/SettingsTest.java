package dev.unmask.engine.sampler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Setting.Whole SIZE =
      new Setting.Whole("size", 0, 0, 9, "Positions in a block", TokenDenoiser::blockSize);
  private static final Setting.Flag CACHE =
      new Setting.Flag("cache", true, "Keep keys and values", model -> !model.keepsContext());
  private static final List<Setting<?>> BOTH = List.of(SIZE, CACHE);

  @Test
  void haveTheirTypesOnceTheyAreRead() {
    Settings settings = Settings.of(BOTH, Map.of("size", " 3 "));
    assertThat(settings.get(SIZE)).isEqualTo(3);
    assertThat(settings.get(CACHE)).isTrue();
    assertThat(settings.byName()).containsExactly(Map.entry("size", 3), Map.entry("cache", true));
  }

  @Test
  void aModelDecidesWhatIsLeftToIt() {
    Settings left = Settings.of(BOTH, Map.of()).decidedBy(new InBlocksOfFour());
    assertThat(left.byName()).containsExactly(Map.entry("size", 4), Map.entry("cache", false));
  }

  @Test
  void noModelDecidesWhatWasGiven() {
    Map<String, String> typed = Map.of("size", "3", "cache", "true");
    Settings given = Settings.of(BOTH, typed).decidedBy(new InBlocksOfFour());
    assertThat(given.byName()).containsExactly(Map.entry("size", 3), Map.entry("cache", true));
  }

  @Test
  void oneThatIsNotDescribedOrOutOfItsRangeIsRefused() {
    assertThatThrownBy(() -> Settings.of(BOTH, Map.of("sizes", "3")))
        .isInstanceOf(SettingException.class)
        .hasMessage("There is no setting 'sizes'; there are size, cache.");
    assertThatThrownBy(() -> Settings.of(BOTH, Map.of("size", "10")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("size");
  }

  /** Was trained in blocks, and takes up no keys and values. */
  private record InBlocksOfFour() implements TokenDenoiser {
    @Override
    public int vocabularySize() {
      return 2;
    }

    @Override
    public int contextLength() {
      return 8;
    }

    @Override
    public RowMeaning rowMeaning() {
      return RowMeaning.CLEAN_LOGITS;
    }

    @Override
    public OptionalInt blockSize() {
      return OptionalInt.of(4);
    }

    @Override
    public Prediction predict(Request request) {
      throw new UnsupportedOperationException("nothing is predicted here");
    }

    @Override
    public void close() {}
  }
}
