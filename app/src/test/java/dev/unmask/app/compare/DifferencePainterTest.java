package dev.unmask.app.compare;

import static dev.unmask.app.picture.HandMade.row;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where two runs part, framed at its step and on its row. No pixel may differ. */
class DifferencePainterTest {
  private static final Map<String, Theme> THEMES = Map.of("dark", Theme.DARK, "light", Theme.LIGHT);

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void theFirstDivergenceIsFramedToThePixel(String theme) throws IOException {
    History left = run("b", "c");
    RunPair pair = RunPair.of(left, run("b", "d"), Alignment.STEP);
    var picture = new BufferedImage(420, 120, BufferedImage.TYPE_INT_RGB);
    Frame frame = Frame.of(left, 2).sized(420, 120);
    new DifferencePainter(pair).paint(picture, frame, THEMES.get(theme), 1);
    Golden.checkEveryPixel("divergence-" + theme, picture);
  }

  /** Of four positions, of which the third is filled in the second step. */
  private static History run(String second, String third) {
    return History.of(
        new HandMade(1, "a", "_", "_", "_")
            .then(row("-", second, third, "e"), "a", second, "_", "_")
            .then(row("-", "-", third, "e"), "a", second, third, "_")
            .then(row("-", "-", "-", "e"), "a", second, third, "e"));
  }
}
