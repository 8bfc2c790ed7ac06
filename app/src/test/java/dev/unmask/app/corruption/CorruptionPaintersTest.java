package dev.unmask.app.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.corruption.BarsPainter.Bars;
import dev.unmask.app.corruption.MatrixPainter.HeatMap;
import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.noise.NoiseKind;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorruptionPaintersTest {
  private static final String TEXT = "a caterpillar is eager to expand in asia";

  @ParameterizedTest
  @CsvSource({"dark, UNIFORM", "light, NEAREST_NEIGHBOUR", "dark, GAUSSIAN", "light, ABSORBING"})
  void paintsNoiseAsItAlwaysDid(String theme, NoiseKind kind) throws IOException {
    NoisedText text = text(kind, 20);
    var all = new BufferedImage(840, 540, BufferedImage.TYPE_INT_ARGB_PRE);
    paint(all, new NoisedTextPainter(), text, new Rectangle(0, 0, 420, 90), named(theme));
    paint(all, new CurvesPainter(), text, new Rectangle(0, 90, 420, 150), named(theme));
    paint(all, new BarsPainter(), text, new Rectangle(0, 240, 420, 300), named(theme));
    var linear = new HeatMap(text, false);
    paint(all, MatrixPainter.ofStep(), linear, new Rectangle(420, 0, 420, 270), named(theme));
    var decades = new HeatMap(text, true);
    paint(all, MatrixPainter.ofProduct(), decades, new Rectangle(420, 270, 420, 270), named(theme));
    Golden.check("corruption-" + kind.word(), all);
  }

  @ParameterizedTest
  @CsvSource({"dark, 2", "light, 5"})
  void paintsTheCardOfARunAsItAlwaysDid(String theme, int step) throws IOException {
    var frame = Frame.of(HandMade.history(), step).sized(270, 200);
    var picture = new BufferedImage(270, 200, BufferedImage.TYPE_INT_ARGB_PRE);
    new CorruptionCardPainter().paint(picture, frame, named(theme), 1);
    Golden.check("corruption-card-" + theme, picture);
  }

  @Test
  void whatCameBackIsToldFromWhatChanged() throws IOException {
    List<NoisedWord> words =
        NoisedWord.back(
            new int[] {1, 2, 3}, new int[] {1, 0, 0}, new int[] {1, 2, 4}, 0, id -> " w" + id);
    assertThat(words)
        .extracting(NoisedWord::state)
        .containsExactly(
            NoisedWord.State.KEPT, NoisedWord.State.RETURNED, NoisedWord.State.REPLACED);
    var picture = new BufferedImage(200, 40, BufferedImage.TYPE_INT_ARGB_PRE);
    new WordsPainter().paint(picture, new Sheet<>(words, 200, 40), Theme.DARK, 1);
    Golden.check("corruption-back", picture);
  }

  @Test
  void nothingMovesWhileTimeDoes() {
    NoisedText early = text(NoiseKind.UNIFORM, 3);
    NoisedText late = text(NoiseKind.UNIFORM, 40);
    assertThat(WordFlow.ofPage(late.words(), 300).slots())
        .isEqualTo(WordFlow.ofPage(early.words(), 300).slots());
    assertThat(NoisedTextPainter.positionAt(early, 300, 8, 8)).isZero();
    assertThat(NoisedTextPainter.positionAt(early, 300, 8, 800)).isEqualTo(-1);
  }

  @Test
  void whatIsReadOutSaysWhatNoiseDid() {
    assertThat(text(NoiseKind.ABSORBING, 64).aloud()).startsWith("[masked] [masked]");
    assertThat(text(NoiseKind.UNIFORM, 40).aloud()).contains(" [was ");
    assertThat(text(NoiseKind.UNIFORM, 0).aloud()).doesNotContain("[");
  }

  @Test
  void theSmallestEntryIsTheDarkestInEveryTheme() {
    NoisedText text = text(NoiseKind.UNIFORM, 20);
    for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
      var picture = new BufferedImage(420, 270, BufferedImage.TYPE_INT_ARGB_PRE);
      MatrixPainter.ofStep()
          .paint(picture, new Sheet<>(new HeatMap(text, false), 420, 270), theme, 1);
      assertThat(picture.getRGB(48, 24))
          .isEqualTo(theme.ramp(text.step().entries()[0][0]).getRGB());
      assertThat(picture.getRGB(48 + 80, 24))
          .isEqualTo(theme.ramp(text.step().entries()[0][10]).getRGB());
    }
  }

  @Test
  void theDistributionsOfATokenNeedAModelForItsOwn() {
    assertThat(text(NoiseKind.UNIFORM, 3).distributions())
        .extracting(Bars::title)
        .containsExactly("q(x_t | x_0) · MARGINAL", "q(x_s | x_t, x_0) · EXACT POSTERIOR");
    assertThat(text(NoiseKind.UNIFORM, 0).distributions()).hasSize(1);
  }

  private static NoisedText text(NoiseKind kind, int t) {
    var noise = new Noise(kind, NoiseSchedule.COSINE, 64, 4);
    Alphabet letters = Alphabet.letters();
    return new NoisedText(letters, noise, noise.of(letters, TEXT, 3), t, 2, Optional.empty());
  }

  private static <T> void paint(
      BufferedImage all, Drawing<Sheet<T>> drawing, T text, Rectangle place, Theme theme) {
    BufferedImage part = all.getSubimage(place.x, place.y, place.width, place.height);
    drawing.paint(part, new Sheet<>(text, place.width, place.height), theme, 1);
  }

  private static Theme named(String theme) {
    return theme.equals("dark") ? Theme.DARK : Theme.LIGHT;
  }
}
