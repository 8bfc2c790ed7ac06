package dev.unmask.app.export;

import dev.unmask.app.compare.RunPair;
import dev.unmask.app.corruption.NoisedText;
import dev.unmask.app.export.vector.VectorPicture;
import dev.unmask.app.families.FamiliesView;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.playground.PlaneView;
import dev.unmask.app.playground.Scene;
import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What is exported: a record whose steps can be painted.
 *
 * @param at what is painted of a step, in units of the exported size
 * @param recorded how many steps there are
 */
public record ExportSubject<P extends Paintable<P>>(
    Drawing<P> drawing, IntFunction<P> at, int recorded, ExportSettings settings) {
  /**
   * A run of tokens, as far as it was recorded.
   *
   * @param pair the run and what it is compared with, if it is
   * @throws InputException if the view needs another, or is of images
   */
  public static ExportSubject<Frame> tokens(
      History history, ExportSettings settings, Optional<RunPair> pair) {
    if (settings.view() == ExportView.COMPARISON && pair.isEmpty()) {
      throw new InputException(
          "The view comparison needs another run; name it after --with, or choose it on the page"
              + " Compare.");
    }
    if (settings.view() == ExportView.STRIP) {
      throw new InputException(
          "The view strip is of images, and the trace is of tokens; choose another view.");
    }
    Frame frame = settings.frame(Frame.of(history, 0));
    return new ExportSubject<>(
        new FramePainter(settings, pair), frame::at, frame.recorded(), settings);
  }

  /**
   * A run of images.
   *
   * @throws InputException if the view is of tokens
   */
  public static ExportSubject<Sheet<ImageFrame>> images(
      Trace<BatchState, ImageRecord> trace, ExportSettings settings) {
    return images(new ImageFrame(trace, trace.steps(), 0, 0), settings);
  }

  /** The same, as far as it is shown, with the image that is looked at closely. */
  static ExportSubject<Sheet<ImageFrame>> images(ImageFrame shown, ExportSettings settings) {
    if (settings.view() == ExportView.CORRUPTION || settings.view() == ExportView.COMPARISON) {
      throw new InputException(
          "The view %s is of tokens, and the trace is of images; choose strip, canvas, timeline or both."
              .formatted(settings.view().name().toLowerCase(Locale.ROOT)));
    }
    PictureSize size = settings.size();
    return new ExportSubject<>(
        new ImagesPainter(settings),
        step -> new Sheet<>(shown.at(step), size.units(), size.unitsHigh()),
        shown.recorded(),
        settings);
  }

  /** A text at every t of its noise. */
  static ExportSubject<Sheet<NoisedText>> noised(NoisedText shown, ExportSettings settings) {
    PictureSize size = settings.size();
    return new ExportSubject<>(
        new NoiseFramePainter(settings),
        t -> new Sheet<>(shown.at(t), size.units(), size.unitsHigh()),
        shown.text().steps(),
        settings);
  }

  /**
   * Particles on their paths.
   *
   * @param shown how they are looked at
   */
  static ExportSubject<Sheet<PlaneView>> particles(
      Scene scene, PlaneView shown, ExportSettings settings) {
    PictureSize size = settings.size();
    return new ExportSubject<>(
        new PlaneFramePainter(settings),
        point ->
            new Sheet<>(
                new PlaneView(scene.whole(point), point, shown.selection(), shown.layers()),
                size.units(),
                size.unitsHigh()),
        scene.steps(),
        settings);
  }

  /**
   * A training of a family.
   *
   * @throws InputException if the view is of other traces
   */
  public static ExportSubject<Sheet<FamiliesView>> training(
      Trace<TrainingState, TrainingRecord> trace, ExportSettings settings) {
    if (settings.view() != ExportView.BOTH && settings.view() != ExportView.CANVAS) {
      throw new InputException(
          "The view %s is of other traces, and this is a training; choose canvas."
              .formatted(settings.view().name().toLowerCase(Locale.ROOT)));
    }
    return families(FamiliesView.of(trace), settings);
  }

  /** Families at every state of their trainings. */
  static ExportSubject<Sheet<FamiliesView>> families(FamiliesView shown, ExportSettings settings) {
    PictureSize size = settings.size();
    return new ExportSubject<>(
        new FamiliesFramePainter(settings),
        frame -> new Sheet<>(shown.at(frame), size.units(), size.unitsHigh()),
        shown.recorded(),
        settings);
  }

  /** Paints a step in units. */
  void paint(Graphics2D g, int step) {
    drawing.paint(g, at.apply(step), settings.theme().theme());
  }

  /** A step as pixels. */
  BufferedImage picture(int step) {
    return Backdrop.of(this).picture(step);
  }

  /** A step as shapes. */
  VectorPicture<P> vector(int step, String title) {
    return new VectorPicture<>(drawing, at.apply(step), settings.theme().theme(), title);
  }
}
