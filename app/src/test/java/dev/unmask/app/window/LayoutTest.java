package dev.unmask.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.controls.Glossary;
import dev.unmask.app.playground.PlaygroundPage;
import dev.unmask.app.playground.PlaygroundPage.Tab;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.Forms;
import dev.unmask.app.tokens.RunViewModel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** Every page at four sizes, in both themes, with usual and with large type. */
@ExtendWith(ApplicationExtension.class)
class LayoutTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger JAVAFX = Logger.getLogger("javafx");

  private static final List<double[]> SIZES =
      List.of(
          new double[] {1024, 700},
          new double[] {1280, 800},
          new double[] {1920, 1080},
          new double[] {3840, 2160});
  private static final List<Double> TEXT_SIZES = List.of(1.0, 1.75);

  @TempDir private static Path folder;

  private final RunViewModel form = Forms.of(42);
  private final ScriptedRun run = ScriptedRun.finished();
  private final Session session = new Session(Starters.ofSilentModels(request -> run));
  private WorkbenchWindow window;
  private Stage stage;
  private Pages.Entry last;

  @Start
  void open(Stage shown) {
    JAVAFX.setLevel(Level.SEVERE);
    stage = shown;
    var runs = new RunFolder(folder, LocalDateTime::now);
    window = new WorkbenchWindow(stage, session, form, runs, WindowState.FIRST);
    window.show();
    session.start(form.request());
    session.pulse(0);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void noWordIsCutNothingLiesBesideTheWindowAndAllIsReadOut(Ground ground, FxRobot robot) {
    Set<String> faults = new TreeSet<>();
    everywhere(
        robot,
        ground,
        (place, node) -> {
          cut(node).ifPresent(what -> faults.add(place + what));
          if (isSilent(node)) {
            faults.add(name(node) + " says nothing");
          }
        });
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void whatCanHaveTheFocusShowsThatItHas(Ground ground, FxRobot robot) {
    Set<String> faults = new TreeSet<>();
    robot.interact(
        () -> {
          onto(ground.theme);
          for (Pages.Entry entry : pages()) {
            lay(entry, SIZES.get(1), 1.0);
            for (Node node : all(stage.getScene().getRoot()).toList()) {
              if (node instanceof Control control
                  && control.isFocusTraversable()
                  && !control.isDisabled()) {
                String before = look(control);
                control.requestFocus();
                stage.getScene().getRoot().applyCss();
                if (control.isFocused() && look(control).equals(before)) {
                  faults.add(name(control));
                }
                stage.getScene().getRoot().requestFocus();
                control.applyCss();
              }
            }
          }
        });
    assertThat(faults).isEmpty();
  }

  private enum Ground {
    DARK(Theme.DARK),
    LIGHT(Theme.LIGHT);

    private final Theme theme;

    Ground(Theme theme) {
      this.theme = theme;
    }
  }

  private interface Look {
    void at(String place, Node node);
  }

  private void everywhere(FxRobot robot, Ground ground, Look look) {
    robot.interact(
        () -> {
          onto(ground.theme);
          for (Pages.Entry entry : pages()) {
            for (double[] size : SIZES) {
              for (double text : TEXT_SIZES) {
                lay(entry, size, text);
                String place =
                    "%s %.0fx%.0f %.0f%%: "
                        .formatted(entry.page().words(), size[0], size[1], 100 * text);
                all(stage.getScene().getRoot()).forEach(node -> look.at(place, node));
              }
            }
          }
        });
  }

  private void onto(Theme theme) {
    if (!window.appearance().themeProperty().get().equals(theme)) {
      window.appearance().toggle();
    }
  }

  /** The playground twice, for it has two faces. */
  private List<Pages.Entry> pages() {
    List<Pages.Entry> all = new ArrayList<>(Pages.ALL);
    all.add(Pages.of(PlaygroundPage.PAGE));
    return all;
  }

  private void lay(Pages.Entry entry, double[] size, double text) {
    window.appearance().textSizeProperty().set(text);
    if (entry.page() == PlaygroundPage.PAGE && entry != last) {
      Tab shown = window.playgroundTab().get();
      window.playgroundTab().set(shown == Tab.FAMILIES ? Tab.PARTICLES : Tab.FAMILIES);
    }
    last = entry;
    session.pageProperty().set(entry.page());
    // Not the stage: a screen that is not there has a size all the same.
    Parent root = stage.getScene().getRoot();
    for (int pass = 0; pass < 3; pass++) {
      session.pulse(0);
      window.refresh();
      root.resize(size[0], size[1]);
      root.applyCss();
      root.layout();
    }
  }

  private static Optional<String> cut(Node node) {
    if (!(node instanceof Labeled labeled) || labeled.getText() == null) {
      return Optional.empty();
    }
    // What is cut says all in its tooltip, or in that of the row that it stands in.
    boolean told =
        within(node, ListCell.class)
            || labeled.getTooltip() != null
                && !Glossary.explain(labeled.getText())
                    .equals(Optional.of(labeled.getTooltip().getText()));
    String shown =
        all(labeled)
            .filter(Text.class::isInstance)
            .map(text -> ((Text) text).getText())
            .findFirst()
            .orElse(labeled.getText());
    if (!told && shown.length() < labeled.getText().length() && shown.endsWith("...")) {
      return Optional.of("'%s' is cut".formatted(labeled.getText()));
    }
    Bounds bounds = labeled.localToScene(labeled.getLayoutBounds());
    boolean beside =
        bounds.getMaxX() > labeled.getScene().getRoot().getLayoutBounds().getWidth() + 1
            || bounds.getMinX() < -1;
    return beside && !labeled.getText().isEmpty() && !within(node, ScrollPane.class)
        ? Optional.of("'%s' lies beside the window".formatted(labeled.getText()))
        : Optional.empty();
  }

  private static boolean within(Node node, Class<?> kind) {
    for (Node parent = node.getParent(); parent != null; parent = parent.getParent()) {
      if (kind.isInstance(parent)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSilent(Node node) {
    if (!(node instanceof Control control) || !control.isFocusTraversable()) {
      return false;
    }
    boolean words = control instanceof Labeled labeled && !labeled.getText().isBlank();
    boolean prompt =
        control instanceof TextInputControl text
            && text.getPromptText() != null
            && !text.getPromptText().isBlank();
    boolean told = control.getAccessibleText() != null && !control.getAccessibleText().isBlank();
    return !words && !prompt && !told && !within(node, Control.class);
  }

  /** A control shows its focus itself, or by a part of it. */
  private static String look(Control control) {
    return all(control)
        .filter(Region.class::isInstance)
        .map(part -> look((Region) part))
        .collect(Collectors.joining());
  }

  private static String look(Region region) {
    return "%s %s %s %s %s"
        .formatted(
            region.getBackground(),
            region.getBorder(),
            region.getEffect(),
            region.getInsets(),
            region instanceof Labeled labeled
                ? labeled.getTextFill() + "" + labeled.isUnderline()
                : "");
  }

  private static String name(Node node) {
    return "%s %s %s"
        .formatted(node.getClass().getSimpleName(), node.getId(), node.getStyleClass());
  }

  /** All nodes that are seen. */
  private static Stream<Node> all(Node node) {
    if (!node.isVisible()) {
      return Stream.of();
    }
    return node instanceof Parent parent
        ? Stream.concat(
            Stream.of(node), parent.getChildrenUnmodifiable().stream().flatMap(LayoutTest::all))
        : Stream.of(node);
  }
}
