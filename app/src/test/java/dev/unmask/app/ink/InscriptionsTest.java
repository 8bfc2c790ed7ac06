package dev.unmask.app.ink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import org.junit.jupiter.api.Test;

class InscriptionsTest {
  private static final Lettering WRITTEN = new Lettering(Typeface.SANS, 10);

  private static final Drawing<String> TWO_LINES =
      (g, text, theme) -> {
        WRITTEN.draw(g, text, 5, 20);
        g.translate(100, 0);
        WRITTEN.draw(g, "beside", 5, 20);
        g.fillRect(0, 0, 4, 4);
      };

  private final Inscriptions texts = Inscriptions.of(TWO_LINES, "first", Theme.DARK);

  @Test
  void aTextIsFoundWhereItStands() {
    assertThat(texts.at(8, 16)).contains("first");
    assertThat(texts.at(108, 16)).contains("beside");
  }

  @Test
  void elsewhereIsNone() {
    assertThat(texts.at(8, 40)).isEmpty();
    assertThat(texts.at(90, 16)).isEmpty();
  }
}
