package dev.unmask.app.export;

import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** What would be exported, as large as fits into the middle of a frame of another size. */
public record Preview(ExportSettings settings, Optional<RunPair> pair) implements Painter {
  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    g.setColor(theme.background());
    g.fillRect(0, 0, frame.width(), frame.height());
    int width = settings.size().units();
    int height = settings.size().unitsHigh();
    double scale = Math.min((double) frame.width() / width, (double) frame.height() / height);
    Graphics2D middle = (Graphics2D) g.create();
    try {
      middle.translate((frame.width() - width * scale) / 2, (frame.height() - height * scale) / 2);
      middle.scale(scale, scale);
      middle.clip(new Rectangle2D.Double(0, 0, width, height));
      // What is transparent is seen on the paper that its ink is made for.
      Theme paper = settings.theme().theme();
      middle.setColor(new Color(paper.background().getRGB()));
      middle.fillRect(0, 0, width, height);
      new FramePainter(settings, pair).paint(middle, settings.frame(frame), paper);
    } finally {
      middle.dispose();
    }
  }
}
