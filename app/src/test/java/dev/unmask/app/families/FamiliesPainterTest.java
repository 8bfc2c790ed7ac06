package dev.unmask.app.families;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.Golden;
import dev.unmask.app.ink.Inscriptions;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.trace.TraceKind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FamiliesPainterTest {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 280;

  @ParameterizedTest
  @ValueSource(strings = {"dark", "light"})
  void paintsFamiliesSideBySideAsItAlwaysDid(String theme) throws IOException {
    var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB_PRE);
    new FamiliesPainter()
        .paint(picture, sheet(16), theme.equals("dark") ? Theme.DARK : Theme.LIGHT, 1);
    Golden.check("families-" + theme, picture);
  }

  @Test
  void theGanOfTheBundleLostModesAndSaysSo() {
    String words = Inscriptions.of(new FamiliesPainter(), sheet(16), Theme.DARK).all();
    assertThat(words).contains("2 of 8 modes").contains("by samples");
  }

  @Test
  void aStateThatWasNotLookedAtIsAskedFor() {
    FamilyPanel panel = sheet(3).content().panels().getFirst();
    assertThat(panel.frame()).isEqualTo(3);
    assertThat(panel.shot().orElseThrow().frame()).isEqualTo(3);
    assertThat(panel.shot().orElseThrow().figures()).isPresent();
  }

  private static Sheet<FamiliesView> sheet(int frame) {
    List<FamilyPanel> panels = Stream.of("gan", "vae").map(FamiliesPainterTest::panel).toList();
    return new Sheet<>(new FamiliesView(panels, 0).at(frame), WIDTH, HEIGHT);
  }

  private static FamilyPanel panel(String name) {
    Path file = Path.of("..", "assets", "trainings", name + "-ring.trace.safetensors");
    return FamiliesView.of(TraceKind.TRAININGS.open(file, Arena.ofAuto())).panels().getFirst();
  }
}
