package dev.unmask.app.export;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import java.util.OptionalInt;

/** Settings and traces to export in tests. */
final class Sample {
  static final PictureSize SMALL = new PictureSize(320, 200, 1);
  static final TraceSource SOURCE = new TraceSource("story", "0".repeat(64));

  private Sample() {}

  /** The usual settings at a size. */
  static ExportSettings sized(PictureSize size) {
    return of(ExportTheme.DARK, size, 1, Easing.NONE);
  }

  static ExportSettings of(ExportTheme theme, PictureSize size, double pace, Easing easing) {
    return new ExportSettings(
        ExportView.BOTH,
        Colouring.STATE,
        theme,
        size,
        0,
        OptionalInt.empty(),
        pace,
        4,
        1,
        easing,
        "",
        "",
        true);
  }

  /** The story on so many threads. */
  static Export export(ExportSettings settings, int threads) {
    return export(HandMade.history(), settings, threads);
  }

  static Export export(History history, ExportSettings settings, int threads) {
    return new Export(history, SOURCE, settings, new Pipeline(threads));
  }

  /** The story's picture at a step. */
  static Picture picture(ExportSettings settings, int step) {
    var frame = Frame.of(HandMade.history(), step);
    return Picture.of(new FramePainter(settings).picture(frame, settings.theme().theme()));
  }
}
