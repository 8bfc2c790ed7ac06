package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.ComparePage;
import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.corruption.CorruptionPage;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.families.FamiliesViewModel;
import dev.unmask.app.images.ImagesPage;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.playground.PlaygroundChoice;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.playground.PlaygroundViewModel;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Announcements.Announcement;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.engine.corruption.Alphabet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

class ExportActionsTest {
  private static final Page TOKENS = new Page("Tokens", CarbonIcons.DOCUMENT);

  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final Announcements announcements = new Announcements();
  private final ExportViewModel form = new ExportViewModel();
  private final List<Runnable> exporting = new ArrayList<>();

  @TempDir private Path folder;
  private Path place;
  private ExportActions actions;

  @BeforeEach
  void showARun() {
    place = folder.resolve("a.svg");
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    session.pageProperty().set(TOKENS);
    form.format.set(VectorFile.SVG);
    var list = new RunList(session, new RunFolder(folder, LocalDateTime::now), Runnable::run);
    var dialogs =
        new NoDialogs() {
          @Override
          public Optional<Path> export(ExportFormat format, String name) {
            return Optional.of(place);
          }
        };
    actions =
        new ExportActions(
            session,
            form,
            new Exhibits(
                session,
                new CorruptionViewModel(session, Alphabet.LETTERS, Runnable::run),
                new ImagesViewModel(session, session.images()),
                new PlaygroundViewModel(session, new PlaygroundChoice(), Runnable::run),
                new FamiliesViewModel(
                    session,
                    new RunFolder(folder, LocalDateTime::now),
                    Path.of("none"),
                    Runnable::run,
                    Runnable::run,
                    Runnable::run),
                new SimpleObjectProperty<>(PlaygroundPage.Tab.PARTICLES),
                new CompareViewModel(session, list, List.of(), Runnable::run)),
            dialogs,
            announcements,
            Runnable::run,
            exporting::add,
            Conditions.of(session));
    session.pageProperty().set(ExportPage.PAGE);
  }

  @Test
  void aNameWithoutAnEndingGetsThatOfTheFormat() {
    place = folder.resolve("figure 1.5");
    actions.export.attempt();
    export();
    assertThat(announcements.next().orElseThrow().file())
        .contains(folder.resolve("figure 1.5.svg"));
  }

  @Test
  void nobodyIsAskedForAFileBeforeTheyHaveSeenWhatIsExported() {
    session.pageProperty().set(TOKENS);
    actions.export.attempt();
    assertThat(session.pageProperty().get()).isEqualTo(ExportPage.PAGE);
    assertThat(exporting).isEmpty();
    actions.export.attempt();
    assertThat(exporting).hasSize(1);
  }

  @Test
  void aPageIsExportedAsItIsSeenAndComesBackWhenTheExportIsClosed() {
    session.pageProperty().set(CorruptionPage.PAGE);
    actions.open.attempt();
    assertThat(form.kind.get()).isEqualTo(Exhibit.Kind.NOISED);
    assertThat(form.view.get()).isEqualTo(ExportView.CORRUPTION);
    actions.close();
    assertThat(session.pageProperty().get()).isEqualTo(CorruptionPage.PAGE);
    session.pageProperty().set(ComparePage.PAGE);
    actions.open.attempt();
    assertThat(form.view.get()).isEqualTo(ExportView.COMPARISON);
    session.pageProperty().set(PlaygroundPage.PAGE);
    actions.open.attempt();
    assertThat(form.kind.get()).isEqualTo(Exhibit.Kind.PARTICLES);
    assertThat(form.view.get()).isEqualTo(ExportView.CANVAS);
    session.pageProperty().set(ImagesPage.PAGE);
    actions.open.attempt();
    assertThat(form.kind.get()).isEqualTo(Exhibit.Kind.IMAGES);
    session.pageProperty().set(TOKENS);
    actions.open.attempt();
    assertThat(form.kind.get().views()).contains(form.view.get());
    assertThat(form.view.get()).isNotEqualTo(ExportView.COMPARISON);
  }

  @Test
  void aLoopThatIsDrawnIsTheRangeUntilItIsTakenAway() {
    session.pageProperty().set(TOKENS);
    session.playhead().loopProperty().set(Optional.of(new Playhead.Loop(1, 2)));
    actions.open.attempt();
    assertThat(form.from.get() + "–" + form.to.get()).isEqualTo("1–2");
    form.to.set("3");
    session.pageProperty().set(TOKENS);
    actions.open.attempt();
    assertThat(form.to.get()).isEqualTo("3");
    session.pageProperty().set(TOKENS);
    session.playhead().loopProperty().set(Optional.empty());
    actions.open.attempt();
    assertThat(form.from.get() + "–" + form.to.get()).isEqualTo("0–");
  }

  @Test
  void aTextUnderNoiseIsExportedAtEveryT() throws IOException {
    session.pageProperty().set(CorruptionPage.PAGE);
    place = folder.resolve("noise.gif");
    form.format.set(AnimatedGif.FORMAT);
    form.size.set("320x200");
    actions.exhibits().pulse(Exhibit.Kind.NOISED, 0);
    actions.open.attempt();
    assertThat(form.exhibit.get().orElseThrow().step()).isEqualTo(32);
    actions.export.attempt();
    export();
    // T + 1 of them, and those that hold the ends for a second.
    assertThat(announcements.next().orElseThrow().sentence()).startsWith("73 frames");
    assertThat(ImageIO.read(place.toFile()).getWidth()).isEqualTo(320);
  }

  @Test
  void particlesAreExportedLikeTokens() throws IOException {
    session.pageProperty().set(PlaygroundPage.PAGE);
    place = folder.resolve("plane.gif");
    form.format.set(AnimatedGif.FORMAT);
    form.to.set("2");
    actions.open.attempt();
    form.size.set("320x200");
    actions.exhibits().pulse(form.kind.get(), 0);
    actions.refresh();
    actions.export.attempt();
    export();
    assertThat(announcements.next().orElseThrow().sentence()).startsWith("11 frames");
    assertThat(ImageIO.read(place.toFile()).getWidth()).isEqualTo(320);
  }

  @Test
  void anExportThatHasEndedIsToldAndAnotherMayBegin() {
    actions.export.attempt();
    assertThat(actions.export.enabled().get()).isFalse();
    assertThat(actions.cancel.enabled().get()).isTrue();
    export();
    assertThat(announcements.next())
        .contains(new Announcement("Step 0 is in %s.".formatted(place), Optional.of(place)));
    assertThat(announcements.next()).isEmpty();
    assertThat(actions.export.enabled().get()).isTrue();
    assertThat(actions.cancel.enabled().get()).isFalse();
  }

  @Test
  void anExportThatIsGivenUpLeavesNothingAndIsToldAsWell() {
    actions.export.attempt();
    actions.cancel.attempt();
    assertThat(announcements.next().orElseThrow().sentence())
        .isEqualTo("The export was cancelled.");
    exporting.forEach(Runnable::run);
    actions.pulse();
    assertThat(announcements.next()).isEmpty();
    assertThat(folder).isEmptyDirectory();
    assertThat(actions.export.enabled().get()).isTrue();
  }

  @Test
  void anExportThatHasEndedWhenItIsGivenUpIsToldAsItEnded() {
    actions.export.attempt();
    exporting.forEach(Runnable::run);
    actions.cancel.attempt();
    assertThat(announcements.next())
        .contains(new Announcement("Step 0 is in %s.".formatted(place), Optional.of(place)));
    assertThat(announcements.next()).isEmpty();
  }

  @Test
  void whyAnExportCouldNotBeWrittenIsTold() {
    place = folder.resolve("no/a.svg");
    actions.export.attempt();
    export();
    assertThat(announcements.next().orElseThrow().sentence()).contains("its folder is not there");
  }

  private void export() {
    actions.pulse();
    assertThat(announcements.next()).isEmpty();
    exporting.forEach(Runnable::run);
    actions.pulse();
  }
}
