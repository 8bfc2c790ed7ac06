package dev.unmask.app.export;

import dev.unmask.app.compare.ComparePage;
import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.corruption.CorruptionPage;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.families.FamiliesViewModel;
import dev.unmask.app.images.ImagesPage;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.playground.PlaygroundViewModel;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;

/**
 * All that the window's pages show and that can be exported.
 *
 * @param noised a text that noise takes
 * @param images the run of images
 * @param particles the plane
 * @param families that learn points of the plane
 * @param tab which of the two is looked at
 * @param compared what the run of tokens is compared with
 */
public record Exhibits(
    Session session,
    CorruptionViewModel noised,
    ImagesViewModel images,
    PlaygroundViewModel particles,
    FamiliesViewModel families,
    ObjectProperty<PlaygroundPage.Tab> tab,
    CompareViewModel compared) {
  /** What a page shows. */
  Exhibit.Kind kind(Page page) {
    if (page == CorruptionPage.PAGE) {
      return Exhibit.Kind.NOISED;
    }
    if (page == ImagesPage.PAGE) {
      return Exhibit.Kind.IMAGES;
    }
    if (page == PlaygroundPage.PAGE) {
      return switch (tab.get()) {
        case PARTICLES -> Exhibit.Kind.PARTICLES;
        case FAMILIES -> Exhibit.Kind.FAMILIES;
      };
    }
    return Exhibit.Kind.TOKENS;
  }

  /**
   * How a page shows it.
   *
   * @param kind what the page shows
   * @param chosen the view that was chosen last, which stays where it is one of the page's
   */
  static ExportView view(Page page, Exhibit.Kind kind, ExportView chosen) {
    if (page == ComparePage.PAGE) {
      return ExportView.COMPARISON;
    }
    boolean ofAnother = chosen == ExportView.CORRUPTION || chosen == ExportView.COMPARISON;
    boolean kept = kind.views().contains(chosen) && !ofAnother;
    return kept ? chosen : usual(kind);
  }

  /** How it is shown where nothing else was chosen. */
  static ExportView usual(Exhibit.Kind kind) {
    return kind.views().contains(ExportView.BOTH) ? ExportView.BOTH : kind.views().getFirst();
  }

  /** What there is now; empty if there is nothing yet. */
  Optional<Exhibit> now(Exhibit.Kind kind, ExportView view) {
    return switch (kind) {
      case TOKENS ->
          session
              .frameProperty()
              .get()
              .map(frame -> new Exhibit.Tokens(frame, pair(view), session.file()));
      case NOISED -> noised.noised().map(Exhibit.Noised::new);
      case IMAGES -> images.batch().map(Exhibit.Images::new);
      case PARTICLES ->
          particles
              .scene()
              .flatMap(scene -> particles.view().map(shown -> new Exhibit.Particles(scene, shown)));
      case FAMILIES ->
          Optional.of(families.view())
              .filter(shown -> shown.recorded() > 0)
              .map(Exhibit.Families::new);
    };
  }

  /** Read from files, so only where it is shown. */
  private Optional<RunPair> pair(ExportView view) {
    if (view != ExportView.COMPARISON) {
      return Optional.empty();
    }
    compared.pulse();
    return compared.pairProperty().get();
  }

  /** What moves along its steps. */
  Transport transport(Exhibit.Kind kind) {
    return switch (kind) {
      case TOKENS, NOISED -> session.steps();
      case IMAGES -> images;
      case PARTICLES -> particles;
      case FAMILIES -> families;
    };
  }

  /** The steps that are played again and again; a text has no playhead of its own. */
  Optional<Playhead.Loop> loop(Exhibit.Kind kind) {
    return kind == Exhibit.Kind.NOISED
        ? Optional.empty()
        : transport(kind).playhead().loopProperty().get();
  }

  /** Keeps what is shown going; to be called every pulse. */
  void pulse(Exhibit.Kind kind, double seconds) {
    switch (kind) {
      case TOKENS -> {
        // The window itself keeps the run going.
      }
      case NOISED -> noised.pulse();
      case IMAGES -> images.pulse(seconds);
      case PARTICLES -> particles.pulse(seconds);
      case FAMILIES -> families.pulse(seconds);
    }
  }
}
