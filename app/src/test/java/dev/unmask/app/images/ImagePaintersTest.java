package dev.unmask.app.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TraceHeader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagePaintersTest {
  private static final int STEPS = 12;

  @Test
  void paintsAStepAsItAlwaysDid() throws IOException {
    check("image-step-dark", new StepPainter(), new Sheet<>(batch(3, 5), 560, 180), Theme.DARK);
    check("image-step-light", new StepPainter(), new Sheet<>(batch(1, 0), 560, 180), Theme.LIGHT);
  }

  @Test
  void paintsAnImageAndItsPredictionAsItAlwaysDid() throws IOException {
    check("image-pair", new PairPainter(), new Sheet<>(batch(3, 4), 280, 160), Theme.LIGHT);
  }

  @Test
  void paintsTheWayToNoiseAndBackAsItAlwaysDid() throws IOException {
    ImageFrame batch = batch(1, 3);
    BatchShape one = new BatchShape(1, 1, 6, 6);
    float[] clean = at(one, STEPS).x();
    float[] noised = at(one, 4).x();
    var trip = new RoundTrip(one, clean, noised, Optional.of(at(one, 10).x()));
    assertThat(trip.distance().orElseThrow()).isBetween(0.01, 0.5);
    assertThat(batch.end()).hasSize(36);
    var sheet = new Sheet<>(trip, 240, 100);
    var picture = new BufferedImage(240, 100, BufferedImage.TYPE_INT_ARGB_PRE);
    new RoundTripPainter().paint(picture, sheet, Theme.DARK, 1);
    Golden.check("image-round-trip", picture);
  }

  @Test
  void paintsAllStepsAsItAlwaysDid() throws IOException {
    check("image-strip", new StripPainter(), new Sheet<>(batch(3, 5), 420, 110), Theme.DARK);
  }

  @Test
  void paintsAllImagesAsItAlwaysDid() throws IOException {
    check("image-grid", new GridPainter(), new Sheet<>(batch(1, 12), 300, 140), Theme.LIGHT);
  }

  @Test
  void findsTheStepAndTheImageUnderAPoint() {
    var sheet = new Sheet<>(batch(1, 6), 2000, 110);
    assertThat(StripPainter.stepAt(sheet, 3, 20)).isZero();
    assertThat(StripPainter.stepAt(sheet, 3 + 48, 20)).isEqualTo(1);
    assertThat(StripPainter.stepAt(sheet, 1990, 20)).isEqualTo(-1);
    var grid = new Sheet<>(batch(1, 6), 300, 140);
    assertThat(GridPainter.imageAt(grid, 150, 10)).isOne();
    assertThat(GridPainter.imageAt(grid, 150, 1)).isEqualTo(-1);
  }

  private static void check(
      String name, Drawing<Sheet<ImageFrame>> painter, Sheet<ImageFrame> sheet, Theme theme)
      throws IOException {
    var picture = new BufferedImage(sheet.width(), sheet.height(), BufferedImage.TYPE_INT_ARGB_PRE);
    painter.paint(picture, sheet, theme, 1);
    Golden.check(name, picture);
  }

  /** Slopes that come out of a pattern. */
  private static ImageFrame batch(int channels, int step) {
    BatchShape shape = new BatchShape(5, channels, 6, 6);
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model("slopes", ""),
            new TraceHeader.Images(shape, List.of()),
            "vp-linear",
            "philox",
            1,
            List.of(new TraceHeader.Segment(0, "ddim", Map.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            "1");
    RecordedTrace<BatchState, ImageRecord> trace = new RecordedTrace<>(header, at(shape, 0));
    for (int k = 0; k < STEPS; k++) {
      float[] noise = at(shape, -k).x();
      trace.append(
          new ImageRecord(
              Optional.of(at(shape, STEPS).x()), Optional.of(noise), at(shape, k + 1), k + 1));
    }
    return new ImageFrame(trace, STEPS, step, 2);
  }

  private static BatchState at(BatchShape shape, int step) {
    float[] x = new float[shape.values()];
    double share = (double) step / STEPS;
    for (int i = 0; i < x.length; i++) {
      double slope = (i % 6 + i / 6 % 6) / 5.0 - 1;
      double pattern = Math.sin(7.3 * i) + Math.cos(2.1 * i * i);
      x[i] = (float) (share * slope + (1 - share) * pattern);
    }
    return new BatchState(x, 1 - share, share, 1 - share);
  }
}
