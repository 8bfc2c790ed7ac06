package dev.unmask.app.export;

import dev.unmask.app.compare.RunPair;
import dev.unmask.app.corruption.NoisedText;
import dev.unmask.app.families.FamiliesView;
import dev.unmask.app.images.ImageFrame;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.playground.PlaneView;
import dev.unmask.app.playground.Scene;
import dev.unmask.app.session.RecentRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a window shows and can export, at the step that is shown. */
public sealed interface Exhibit {
  /** What it can be of. */
  enum Kind {
    TOKENS("Tokens", ExportView.OF_TOKENS),
    NOISED("Text under noise", List.of(ExportView.CORRUPTION)),
    IMAGES("Images", List.of(ExportView.CANVAS, ExportView.STRIP, ExportView.BOTH)),
    PARTICLES("Particles", List.of(ExportView.CANVAS)),
    FAMILIES("Families", List.of(ExportView.CANVAS));

    private final String words;
    private final List<ExportView> views;

    Kind(String words, List<ExportView> views) {
      this.words = words;
      this.views = views;
    }

    /** Its name for people. */
    String words() {
      return words;
    }

    /** Those that there are of it. */
    List<ExportView> views() {
      return views;
    }
  }

  /** The step that is shown. */
  int step();

  /** How many steps there are. */
  int recorded();

  /** What files are called after. */
  String name();

  /**
   * All of its steps.
   *
   * @throws dev.unmask.engine.InputException if it has no such view
   */
  ExportSubject<?> subject(ExportSettings settings);

  /** What a manifest says of where it comes from; reads the file that it is recorded in. */
  default TraceSource source() {
    return new TraceSource(name(), "");
  }

  /**
   * A run of tokens.
   *
   * @param pair the run and what it is compared with, if it is
   * @param file of the trace, if it has one
   */
  record Tokens(Frame frame, Optional<RunPair> pair, Optional<Path> file) implements Exhibit {
    @Override
    public int step() {
      return frame.step();
    }

    @Override
    public int recorded() {
      return frame.recorded();
    }

    @Override
    public String name() {
      return file.map(RecentRuns::name).orElse("run");
    }

    @Override
    public ExportSubject<?> subject(ExportSettings settings) {
      return ExportSubject.tokens(frame.history(), settings, pair);
    }

    @Override
    public TraceSource source() {
      return file.filter(Files::isRegularFile)
          .map(TraceSource::of)
          .orElseGet(Exhibit.super::source);
    }
  }

  /** A text that noise takes, from t = 0 on. */
  record Noised(NoisedText shown) implements Exhibit {
    @Override
    public int step() {
      return shown.t();
    }

    @Override
    public int recorded() {
      return shown.text().steps();
    }

    @Override
    public String name() {
      return "noise";
    }

    @Override
    public ExportSubject<?> subject(ExportSettings settings) {
      return ExportSubject.noised(shown, settings);
    }
  }

  /** A run of images. */
  record Images(ImageFrame shown) implements Exhibit {
    @Override
    public int step() {
      return shown.step();
    }

    @Override
    public int recorded() {
      return shown.recorded();
    }

    @Override
    public String name() {
      return "images";
    }

    @Override
    public ExportSubject<?> subject(ExportSettings settings) {
      return ExportSubject.images(shown, settings);
    }
  }

  /** Families that learn points of the plane. */
  record Families(FamiliesView shown) implements Exhibit {
    @Override
    public int step() {
      return Math.min(shown.frame(), recorded());
    }

    @Override
    public int recorded() {
      return shown.recorded();
    }

    @Override
    public String name() {
      return "families";
    }

    @Override
    public ExportSubject<?> subject(ExportSettings settings) {
      return ExportSubject.families(shown, settings);
    }
  }

  /**
   * Particles in the plane.
   *
   * @param scene all of their paths
   * @param shown how they are looked at
   */
  record Particles(Scene scene, PlaneView shown) implements Exhibit {
    @Override
    public int step() {
      return shown.point();
    }

    @Override
    public int recorded() {
      return scene.steps();
    }

    @Override
    public String name() {
      return "particles";
    }

    @Override
    public ExportSubject<?> subject(ExportSettings settings) {
      return ExportSubject.particles(scene, shown, settings);
    }
  }
}
