package dev.unmask.app.export.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.theme.Typeface;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrueTypeTest {
  private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);

  @ParameterizedTest
  @EnumSource(Typeface.class)
  void theFontThatIsEmbeddedDrawsWhatTheTypefaceDraws(Typeface typeface)
      throws IOException, FontFormatException {
    String text = "Ag&ß–↵😀";
    var used = new OutlineFont(typeface);
    text.codePoints().forEach(used::glyph);
    Font font = opened(used).deriveFont(1000f);
    text.codePoints()
        .forEach(
            codePoint -> {
              assertThat(font.canDisplay(codePoint)).isTrue();
              var glyphs = font.createGlyphVector(UNHINTED, Character.toString(codePoint));
              Rectangle2D drawn = glyphs.getOutline().getBounds2D();
              Typeface.Glyph glyph = typeface.glyph(codePoint);
              Rectangle2D meant = glyph.shape().getBounds2D();
              assertThat(drawn.getMinX()).isCloseTo(1000 * meant.getMinX(), within(2.0));
              assertThat(drawn.getMaxX()).isCloseTo(1000 * meant.getMaxX(), within(2.0));
              assertThat(drawn.getMinY()).isCloseTo(1000 * meant.getMinY(), within(2.0));
              assertThat(drawn.getMaxY()).isCloseTo(1000 * meant.getMaxY(), within(2.0));
              assertThat(glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX())
                  .isCloseTo(1000 * glyph.advance(), within(1.0));
            });
  }

  @Test
  void whatMayNotStandInATextIsThereByItsPicture() throws IOException, FontFormatException {
    var used = new OutlineFont(Typeface.MONO);
    used.glyph(7);
    assertThat(opened(used).canDisplay('␇')).isTrue();
    assertThat(Legible.of("a\u0007\u007F\uD800b")).isEqualTo("a␇␡\uFFFDb");
  }

  private static Font opened(OutlineFont font) throws IOException, FontFormatException {
    return Font.createFont(
        Font.TRUETYPE_FONT, new ByteArrayInputStream(font.trueType("Unmask test")));
  }
}
