package dev.unmask.app.export;

import dev.unmask.app.corruption.NoisedPicturePainter;
import dev.unmask.app.corruption.NoisedText;
import dev.unmask.app.export.Composition.Part;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;

/** Paints a frame of an animation of a text that noise takes: the text, and the status line. */
record NoiseFramePainter(ExportSettings settings) implements Drawing<Sheet<NoisedText>> {
  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    var mount = new Mount(settings);
    var text = new Part<>(new NoisedPicturePainter(), mount.room(sheet.width(), sheet.height()));
    new Composition<Sheet<NoisedText>>(
            mount, true, List.of(text), shown -> figures(shown.content()))
        .paint(g, sheet, theme);
  }

  private static List<Status.Figure> figures(NoisedText shown) {
    int length = shown.text().clean().length;
    long corrupted = Math.round(shown.text().corrupted(shown.t()) * length);
    return List.of(
        new Status.Figure("t", String.format(Locale.ROOT, "%.3f", shown.time()), ""),
        new Status.Figure("corrupted", Long.toString(corrupted), " of " + length));
  }
}
