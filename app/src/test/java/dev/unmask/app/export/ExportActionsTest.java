package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportActionsTest {
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
            new CompareViewModel(session, list, List.of(), Runnable::run),
            dialogs,
            announcements,
            Runnable::run,
            exporting::add,
            Conditions.of(session));
  }

  @Test
  void anExportThatHasEndedIsToldAndAnotherMayBegin() {
    actions.export.attempt();
    assertThat(actions.export.enabled().get()).isFalse();
    assertThat(actions.cancel.enabled().get()).isTrue();
    export();
    assertThat(announcements.next().orElseThrow()).endsWith(place + ".");
    assertThat(announcements.next()).isEmpty();
    assertThat(actions.export.enabled().get()).isTrue();
    assertThat(actions.cancel.enabled().get()).isFalse();
  }

  @Test
  void anExportThatIsGivenUpLeavesNothingAndIsToldAsWell() {
    actions.export.attempt();
    actions.cancel.attempt();
    assertThat(announcements.next()).contains("The export was cancelled.");
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
    assertThat(announcements.next().orElseThrow()).endsWith(place + ".");
    assertThat(announcements.next()).isEmpty();
  }

  @Test
  void whyAnExportCouldNotBeWrittenIsTold() {
    place = folder.resolve("no/a.svg");
    actions.export.attempt();
    export();
    assertThat(announcements.next().orElseThrow()).contains("its folder is not there");
  }

  private void export() {
    actions.pulse();
    assertThat(announcements.next()).isEmpty();
    exporting.forEach(Runnable::run);
    actions.pulse();
  }
}
