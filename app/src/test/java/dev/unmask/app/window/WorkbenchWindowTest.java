package dev.unmask.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.controls.Field;
import dev.unmask.app.export.ExportPage;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.session.Playhead;
import dev.unmask.app.session.Problem;
import dev.unmask.app.session.Problem.Remedy;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.Forms;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.app.tokens.TokensPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.ImageView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class WorkbenchWindowTest {
  private final RunViewModel form = Forms.of(42);
  private RunRequest asked;
  private WorkbenchWindow window;
  private ScriptedRun run = ScriptedRun.finished();
  private final Session session =
      new Session(
          Starters.of(
              request -> {
                asked = request;
                return run;
              }));

  @TempDir private static Path folder;

  private boolean loopBeforeARun;

  @Start
  void open(Stage stage) {
    Logger.getLogger("javafx").setLevel(Level.SEVERE);
    var runs = new RunFolder(folder, LocalDateTime::now);
    var last =
        new WindowState(
            980,
            760,
            false,
            true,
            1,
            true,
            0.42,
            true,
            List.of(),
            List.of(),
            WindowState.Columns.FIRST,
            WindowState.Shown.NOTHING);
    window = new WorkbenchWindow(stage, session, form, runs, last);
    window.show();
    loopBeforeARun = stage.getScene().getRoot().lookup("#loop").isVisible();
    session.start(form.request());
  }

  @BeforeEach
  void untilTheRunIsShown() throws TimeoutException {
    until(() -> session.frameProperty().get().isPresent());
  }

  @Test
  void marksNoLoopWhereNothingIsShown() {
    assertThat(loopBeforeARun).isFalse();
  }

  @Test
  void playsARunToItsEnd(FxRobot robot) throws TimeoutException {
    robot.interact(() -> session.playhead().speedProperty().set(Playhead.SPEEDS.getLast()));
    robot.press(KeyCode.SPACE).release(KeyCode.SPACE);
    until(() -> step() == 5 && !session.playhead().playingProperty().get());
    Region canvas = robot.lookup("#canvas").queryAs(Region.class);
    ImageView picture = robot.from(canvas).lookup(".image-view").queryAs(ImageView.class);
    until(
        () ->
            picture.getImage() != null && picture.getImage().getWidth() == (int) canvas.getWidth());
  }

  @Test
  void tellsInTheThemesColoursWhatWasDoneOnTheSideUntilItIsClosed(FxRobot robot)
      throws TimeoutException {
    session.announcements().say("It was saved.");
    until(() -> robot.lookup(".announcement").tryQuery().isPresent());
    Region card = robot.lookup(".announcement").queryAs(Region.class);
    assertThat(robot.from(card).lookup(".sentence").queryAs(Label.class).getText())
        .isEqualTo("It was saved.");
    until(() -> filledWith(card, Theme.DARK.panel()));
    robot.press(KeyCode.CONTROL, KeyCode.T).release(KeyCode.T, KeyCode.CONTROL);
    until(() -> filledWith(card, Theme.LIGHT.panel()));
    robot.clickOn(robot.from(card).lookup(".button").queryButton());
    until(() -> robot.lookup(".announcement").tryQuery().isEmpty());
  }

  @Test
  void whatWasWrittenCanBeShownInItsFolder(FxRobot robot) throws TimeoutException {
    session.announcements().say("It was written.", folder.resolve("a.gif"));
    until(() -> robot.lookup(".announcement").tryQuery().isPresent());
    Region card = robot.lookup(".announcement").queryAs(Region.class);
    assertThat(robot.from(card).lookup(".button").queryAllAs(Button.class))
        .extracting(Button::getText)
        .contains("Show in folder");
  }

  @Test
  void theExportTakesThePageThatItIsOpenedFromAndEscGoesBackThere(FxRobot robot)
      throws TimeoutException {
    robot.press(KeyCode.ALT, KeyCode.DIGIT4).release(KeyCode.DIGIT4, KeyCode.ALT);
    until(() -> session.pageProperty().get() == PlaygroundPage.PAGE);
    robot.press(KeyCode.CONTROL, KeyCode.E).release(KeyCode.E, KeyCode.CONTROL);
    until(() -> session.pageProperty().get() == ExportPage.PAGE);
    Label facts = robot.lookup("#export-facts").queryAs(Label.class);
    until(() -> facts.getText().contains(" frames · "));
    robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    until(() -> session.pageProperty().get() == PlaygroundPage.PAGE);
  }

  @Test
  void whatAFormatHasNoUseForIsGreyed(FxRobot robot) throws TimeoutException {
    robot.press(KeyCode.CONTROL, KeyCode.E).release(KeyCode.E, KeyCode.CONTROL);
    until(() -> session.pageProperty().get() == ExportPage.PAGE);
    ComboBox<?> format = named(robot, "Format", ComboBox.class);
    TextInputControl rate = named(robot, "Frames a second", TextInputControl.class);
    assertThat(rate.isDisabled()).isFalse();
    // A folder comes first, and then a picture.
    robot.interact(() -> format.getSelectionModel().select(1));
    assertThat(rate.isDisabled()).isTrue();
    assertThat(robot.lookup("#export-range").query().isDisabled()).isTrue();
    assertThat(robot.lookup(".hint").queryAllAs(Label.class))
        .extracting(Label::getText)
        .contains("Not used: a .png shows one step.");
  }

  private static <T extends Control> T named(FxRobot robot, String name, Class<T> kind) {
    return robot
        .lookup(node -> kind.isInstance(node) && name.equals(node.getAccessibleText()))
        .queryAs(kind);
  }

  @Test
  void aFieldThatIsWrongIsMarkedUntilItIsMended(FxRobot robot) {
    Field field = form.fields().getFirst();
    Region control = robot.lookup("#" + field.name()).queryAs(Region.class);
    PseudoClass wrong = PseudoClass.getPseudoClass("danger");
    robot.interact(() -> field.textProperty().set("no such thing"));
    assertThat(control.getPseudoClassStates()).contains(wrong);
    robot.interact(() -> field.textProperty().set(field.fallback()));
    assertThat(control.getPseudoClassStates()).doesNotContain(wrong);
  }

  @Test
  void ofManyAnnouncementsTheLatestAreSeen(FxRobot robot) throws TimeoutException {
    for (int i = 1; i <= 9; i++) {
      session.announcements().say("Number " + i + ".");
    }
    until(
        () ->
            robot.lookup(".announcement .sentence").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText().equals("Number 9.")));
    assertThat(robot.lookup(".announcement").queryAll()).hasSizeLessThan(9);
  }

  @Test
  void theSettingsOfAnotherSamplerHaveNoRoomForProblemsThatThereAreNot(FxRobot robot) {
    robot.interact(() -> form.samplerProperty().set(form.samplers().getLast()));
    assertThat(robot.lookup(".error").queryAllAs(Label.class))
        .filteredOn(problem -> problem.getId() != null)
        .hasSizeGreaterThan(form.fields().size())
        .noneMatch(problem -> problem.getParent().isManaged());
  }

  @Test
  void stepsBackAndForthByKey(FxRobot robot) throws TimeoutException {
    robot.press(KeyCode.END).release(KeyCode.END);
    until(() -> step() == 5);
    robot.press(KeyCode.LEFT).release(KeyCode.LEFT);
    until(() -> step() == 4);
    robot.press(KeyCode.HOME).release(KeyCode.HOME);
    until(() -> step() == 0);
    robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
    until(() -> step() == 1);
  }

  @Test
  void stepsByKeyOnceTheTourIsClosed(FxRobot robot) throws TimeoutException {
    robot.interact(() -> window.guide());
    until(() -> robot.lookup("#tour-next").query().isVisible());
    until(() -> session.frameProperty().get().isPresent());
    robot.clickOn("#tour-close");
    robot.press(KeyCode.HOME).release(KeyCode.HOME);
    until(() -> step() == 0);
    robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
    until(() -> step() == 1);
    assertThat(session.pageProperty().get()).isEqualTo(TokensPage.PAGE);
  }

  @Test
  void aBadSettingShowsASentenceAndCannotBeRun(FxRobot robot) throws TimeoutException {
    type(robot, "#temperature", "hot");
    until(
        () -> robot.lookup(".error").queryAllAs(Label.class).stream().anyMatch(l -> l.isVisible()));
    assertThat(robot.lookup("#run").queryAs(Button.class).isDisabled()).isTrue();
    type(robot, "#temperature", "0.5");
    until(() -> !robot.lookup("#run").queryAs(Button.class).isDisabled());
  }

  @Test
  void aPromptMayHoldTheKeysOfShortcuts(FxRobot robot) throws TimeoutException {
    type(robot, "#prompt", "n n");
    until(() -> form.promptProperty().get().equals("n n"));
    assertThat(step()).isZero();
    assertThat(session.playhead().playingProperty().get()).isFalse();
    robot.press(KeyCode.CONTROL, KeyCode.R).release(KeyCode.R, KeyCode.CONTROL);
    until(() -> asked.prompt().equals("n n"));
  }

  @Test
  void aFailureIsToldInPlace(FxRobot robot) throws TimeoutException {
    run = new ScriptedRun();
    run.fails("The folder x has no model.safetensors: choose another model.");
    robot.clickOn("#run");
    until(() -> label(robot, "#banner").startsWith("The folder x has no model.safetensors"));
    assertThat(session.frameProperty().get()).isPresent();
  }

  @Test
  void whatIsWrongWithAFieldIsToldBesideItWithWhatHelps(FxRobot robot) throws TimeoutException {
    run = new ScriptedRun();
    String sentence = "The length is 900, but the model was made for at most 48; lower it.";
    run.fails(
        form.request(),
        new Problem(
            sentence, Optional.of("length"), Optional.of(new Remedy.Instead("length", "48"))));
    robot.clickOn("#run");
    until(() -> label(robot, "#problem-length").equals(sentence));
    assertThat(robot.lookup("#problem-length").query().isVisible()).isTrue();
    assertThat(robot.lookup("#remedy-model").query().isVisible()).isFalse();
    run = ScriptedRun.finished();
    robot.clickOn("#remedy-length");
    until(() -> asked.length() == 48);
    until(() -> label(robot, "#problem-length").isEmpty());
  }

  @Test
  void aSamplerThatDoesNotCompileIsToldBesideItWithItsPlace(FxRobot robot)
      throws TimeoutException, IOException {
    Path bad = Files.writeString(folder.resolve("Bad.java"), "class Bad {\n  int x = ;\n}\n");
    robot.interact(() -> window.take(bad));
    until(() -> label(robot, "#problem-sampler").contains("Bad.java:2 does not compile"));
    robot.clickOn("#remedy-sampler");
    var pasted = new AtomicReference<String>();
    robot.interact(() -> pasted.set(Clipboard.getSystemClipboard().getString()));
    assertThat(pasted).hasValue(bad + ":2");
    robot.interact(() -> form.put("length", "7"));
    until(() -> label(robot, "#problem-sampler").isEmpty());
  }

  @Test
  void aClickSelectsATokenAndTheInspectorTellsWhy(FxRobot robot) throws TimeoutException {
    robot.clickOn("#timeline");
    until(() -> session.selectionProperty().get() >= 0);
    until(() -> !robot.lookup(".why").queryAs(Label.class).getText().isEmpty());
  }

  @Test
  void anActionIsFoundByItsNameAndDone(FxRobot robot) throws TimeoutException {
    robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
    until(() -> robot.lookup("#palette").query().isFocused());
    robot.write("the end").press(KeyCode.ENTER).release(KeyCode.ENTER);
    until(() -> step() == 5);
  }

  @Test
  void coloursAreChangedByKeyEverywhere(FxRobot robot) throws TimeoutException {
    robot.press(KeyCode.CONTROL, KeyCode.DIGIT2).release(KeyCode.DIGIT2, KeyCode.CONTROL);
    until(() -> session.viewProperty().get().colouring() == Colouring.CONFIDENCE);
    until(
        () -> robot.lookup("#colours").queryAs(ComboBox.class).getValue() == Colouring.CONFIDENCE);
  }

  @Test
  void aBookmarkTakesANote(FxRobot robot) throws TimeoutException {
    robot.press(KeyCode.END).release(KeyCode.END);
    until(() -> step() == 5);
    robot.press(KeyCode.CONTROL, KeyCode.B).release(KeyCode.B, KeyCode.CONTROL);
    until(() -> robot.lookup("#note").query().isFocused());
    robot.write("here").press(KeyCode.ENTER).release(KeyCode.ENTER);
    until(() -> session.bookmarks().at(5).filter(mark -> mark.note().equals("here")).isPresent());
  }

  @Test
  void aBreakpointIsSetAndReachedByKey(FxRobot robot) throws TimeoutException {
    robot.interact(() -> session.selectionProperty().set(4));
    robot.press(KeyCode.SHIFT, KeyCode.F9).release(KeyCode.F9, KeyCode.SHIFT);
    until(() -> session.debugger().breakpoints().items().size() == 1);
    robot.press(KeyCode.F5).release(KeyCode.F5);
    until(() -> step() == 4);
    until(
        () ->
            label(robot, "#stopped")
                .equals("Stopped at step 4: ',' was remasked at position 4. (hit 1 of 1)"));
  }

  @Test
  void theFormTakesOverWhatATraceWasMadeWith(FxRobot robot) throws TimeoutException {
    var settings = Map.of("steps", "7", "temperature", "0.5");
    var made = new RunRequest("other", "Once", 9, "first", settings, 3);
    robot.interact(() -> session.watch(ScriptedRun.recorded(made)));
    until(() -> form.request().equals(made));
  }

  @Test
  void particlesAreFollowedInThePlayground(FxRobot robot) throws TimeoutException {
    KeyCode digit = KeyCode.getKeyCode("4");
    robot.press(KeyCode.ALT, digit).release(digit, KeyCode.ALT);
    until(() -> session.pageProperty().get() == PlaygroundPage.PAGE);
    until(() -> !robot.lookup("#plane-sentence").queryAs(Label.class).getText().isEmpty());
    robot.clickOn("#next-particle");
    until(() -> shows(robot, "1 of 300"));
    Playhead points = session.transportProperty().get().playhead();
    robot.press(KeyCode.HOME).release(KeyCode.HOME);
    robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
    until(() -> points.stepProperty().get() == 1);
    assertThat(points).isNotSameAs(session.playhead());
    Region plane = robot.lookup("#plane").queryAs(Region.class);
    ImageView picture = robot.from(plane).lookup(".image-view").queryAs(ImageView.class);
    until(
        () ->
            picture.getImage() != null && picture.getImage().getWidth() == (int) plane.getWidth());
  }

  private static boolean shows(FxRobot robot, String words) {
    return robot.lookup(".figure").queryAllAs(Label.class).stream()
        .anyMatch(label -> label.getText().equals(words));
  }

  private static String label(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(Label.class).getText();
  }

  private int step() {
    return session.playhead().stepProperty().get();
  }

  private static boolean filledWith(Region region, java.awt.Color colour) {
    return region.getBackground() != null
        && region
            .getBackground()
            .getFills()
            .getFirst()
            .getFill()
            .equals(Color.rgb(colour.getRed(), colour.getGreen(), colour.getBlue()));
  }

  private static void type(FxRobot robot, String field, String text) {
    robot.interact(() -> robot.lookup(field).queryAs(TextInputControl.class).clear());
    robot.clickOn(field).write(text);
  }

  private static void until(Callable<Boolean> condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        10, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition).get());
  }
}
