package dev.unmask.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.corruption.CorruptionViewModel;
import dev.unmask.app.export.Exhibits;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.export.ExportViewModel;
import dev.unmask.app.export.FileDialogs;
import dev.unmask.app.export.NoDialogs;
import dev.unmask.app.families.FamiliesViewModel;
import dev.unmask.app.images.ImagesPage;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.playground.PlaygroundChoice;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.playground.PlaygroundViewModel;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.BranchViewModel;
import dev.unmask.app.tokens.DebugActions;
import dev.unmask.app.tokens.Debugging;
import dev.unmask.app.tokens.FormHistory;
import dev.unmask.app.tokens.Forms;
import dev.unmask.app.tokens.OwnSamplers;
import dev.unmask.app.tokens.RunActions;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.app.tokens.Tour;
import dev.unmask.app.tokens.timeline.TimelineZoom;
import dev.unmask.engine.corruption.Alphabet;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final FileDialogs NOBODY = new NoDialogs();

  private final Session session = new Session(Starters.of(request -> ScriptedRun.finished()));
  private final Actions actions = actions();

  private Actions actions() {
    RunViewModel form = Forms.of(42);
    Conditions when = Conditions.of(session);
    var recent = new RecentRuns(new RunFolder(Path.of("none"), LocalDateTime::now), List.of());
    var announcements = new Announcements();
    var own =
        new OwnSamplers(
            session.samplers(),
            form,
            session::tell,
            () -> {},
            Runnable::run,
            Runnable::run,
            () -> {});
    return new Actions(
        new FileActions(
            session, file -> {}, form, own, recent, NOBODY, announcements, when, () -> {}),
        new RunActions(
            session,
            form,
            new FormHistory(form),
            new SimpleObjectProperty<>(PageRun.none()),
            runs(),
            when),
        new ExportActions(
            session,
            new ExportViewModel(),
            new Exhibits(
                session,
                new CorruptionViewModel(session, Alphabet.LETTERS, Runnable::run),
                new ImagesViewModel(session, session.images()),
                new PlaygroundViewModel(session, new PlaygroundChoice(), Runnable::run),
                new FamiliesViewModel(
                    session,
                    new RunFolder(Path.of("none"), LocalDateTime::now),
                    Path.of("none"),
                    Runnable::run,
                    Runnable::run,
                    Runnable::run),
                new SimpleObjectProperty<>(PlaygroundPage.Tab.PARTICLES),
                compared()),
            NOBODY,
            announcements,
            Runnable::run,
            Runnable::run,
            when),
        new PlayActions(session, when, () -> {}),
        new DebugActions(session, debugging(form), when),
        new ViewActions(
            session,
            new TimelineZoom(session),
            new Appearance(Theme.DARK),
            new SideColumns(WindowState.Columns.FIRST),
            () -> {},
            when),
        new HelpActions(() -> {}, () -> {}, new Tour(session, form), () -> {}, () -> {}, when));
  }

  private CompareViewModel compared() {
    return new CompareViewModel(session, runs(), List.of(), Runnable::run);
  }

  private RunList runs() {
    return new RunList(session, new RunFolder(Path.of("none"), LocalDateTime::now), Runnable::run);
  }

  private Debugging debugging(RunViewModel form) {
    return new Debugging(
        new BranchViewModel(session, form),
        runs(),
        new ImagesViewModel(session, session.images()),
        compared());
  }

  @Test
  void aBranchBeginsOnThePageOfImagesWithoutARunOfTokensToo() {
    Action branch =
        actions.debug().sections().stream()
            .flatMap(List::stream)
            .filter(action -> action.name().equals("Branch here"))
            .findFirst()
            .orElseThrow();
    assertThat(branch.enabled().get()).isFalse();
    session.pageProperty().set(ImagesPage.PAGE);
    assertThat(branch.enabled().get()).isTrue();
  }

  @Test
  void noTwoHaveTheSameKeys() {
    Set<String> seen = new HashSet<>();
    actions.groups().stream()
        .flatMap(group -> group.actions().stream())
        .filter(action -> action.shortcut() != Action.NO_KEY)
        .forEach(action -> assertThat(seen.add(action.shortcut().getName())).isTrue());
    assertThat(seen).hasSizeGreaterThan(30);
  }

  @Test
  void areFoundByWordsOfTheirNamesAndByOthers() {
    assertThat(matching("event next")).containsExactly(actions.play().nextEvent);
    assertThat(matching("RUN").getFirst()).isEqualTo(actions.run().run);
    assertThat(matching("theme")).contains(actions.view().theme);
    assertThat(matching("walk")).contains(actions.help().tour, actions.play().forward);
    assertThat(matching("no such thing")).isEmpty();
  }

  @Test
  void samplersModelsStepsAndTokensAreFoundAndChosen() {
    session.start(Forms.of().request());
    session.pulse(0);
    RunViewModel form = Forms.of();
    matching("step 3", form).getFirst().attempt();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(3);
    matching("token 2", form).getFirst().attempt();
    assertThat(session.selectionProperty().get()).isEqualTo(2);
    assertThat(matching("step 99999", form)).isEmpty();
    String sampler = form.samplers().getLast().name();
    matching("sampler " + sampler, form).getFirst().attempt();
    assertThat(form.samplerProperty().get().name()).isEqualTo(sampler);
    assertThat(matching("model " + form.models().getLast(), form)).isNotEmpty();
  }

  private List<Action> matching(String query) {
    return matching(query, Forms.of());
  }

  private List<Action> matching(String query, RunViewModel form) {
    return new PaletteSearch(actions, session, form, runs()).matching(query);
  }

  @Test
  void canBeDoneOnlyWhenTheyMakeSense() {
    assertThat(actions.play().play.enabled().get()).isFalse();
    session.start(Forms.of().request());
    session.pulse(0);
    assertThat(actions.play().play.enabled().get()).isTrue();
    assertThat(actions.play().nextEvent.enabled().get()).isFalse();
    assertThat(actions.debug().firstDivergence.enabled().get()).isFalse();
    session.selectionProperty().set(3);
    assertThat(actions.play().nextEvent.enabled().get()).isTrue();
  }

  @Test
  void tellTheirKeys() {
    assertThat(actions.play().play.shortcut()).isEqualTo(Action.key(KeyCode.SPACE));
    assertThat(actions.view().motion.explanation()).isEqualTo("Reduced motion on or off");
  }
}
