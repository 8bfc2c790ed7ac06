package dev.unmask.app.compare;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.inspector.Narration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * One of the compared runs: its name and what it was made with that others were not. Its canvas
 * stands apart, so that all canvases can begin at one height.
 */
final class RunCard extends VBox {
  private static final int LONGEST_VALUE = 28;

  private final Session session;
  private final int run;
  private final PaintedPane<RunView> canvas;
  private final Label status = Controls.label("", "name");
  private RunView told;

  /**
   * Of a run.
   *
   * @param run which, from 0 for A
   * @param name a button that has its name and lets one choose another
   */
  RunCard(
      Session session,
      int run,
      RunChips chips,
      MenuButton name,
      Button remove,
      Executor painting,
      Appearance appearance) {
    super(6);
    this.session = session;
    this.run = run;
    RunLetter letter = RunLetter.of(run);
    name.getStyleClass().add("run-name");
    name.setMinWidth(60);
    var head = new HBox(8, new RunBadge(letter), name, Controls.spring(), remove);
    head.setAlignment(Pos.CENTER_LEFT);
    canvas = new PaintedPane<>(RunView.painter(), painting, appearance);
    canvas.setId("compared-" + RunBadge.style(letter));
    canvas.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    canvas.setPrefSize(100, 100);
    canvas.setOnMousePressed(this::select);
    setMinWidth(0);
    FlowPane below = chips(chips);
    // Last, so that what stands before it does not move while it plays.
    below.getChildren().add(status);
    below.prefWrapLengthProperty().bind(widthProperty());
    getChildren().addAll(head, below);
  }

  /** What the run shows. */
  Node canvas() {
    return canvas;
  }

  /** A button that takes the run away. */
  static Button remove(RunLetter letter, Runnable remove) {
    var button = new Button("", new FontIcon(CarbonIcons.CLOSE));
    button.getStyleClass().add("row-button");
    button.setId("remove-" + RunBadge.style(letter));
    button.setAccessibleText("Compare run " + letter + " no longer");
    button.setTooltip(new Tooltip("Compare this run no longer"));
    button.setOnAction(pressed -> remove.run());
    return button;
  }

  private static FlowPane chips(RunChips chips) {
    var flow = new FlowPane();
    flow.getStyleClass().add("chips");
    chips.differing().forEach((name, value) -> flow.getChildren().add(chip(name, value)));
    if (!chips.others().isEmpty()) {
      int count = chips.others().size();
      Label others = Controls.label(count + (count == 1 ? " other" : " others"), "chip");
      others.getStyleClass().add("others");
      String words = words(chips.others());
      others.setTooltip(new Tooltip("The same in all, or at a default:\n" + words));
      others.setFocusTraversable(true);
      others.setAccessibleText("The same in all, or at a default: " + words);
      flow.getChildren().add(others);
    }
    return flow;
  }

  private static Node chip(String name, String value) {
    boolean isLong = value.length() > LONGEST_VALUE;
    String shown = isLong ? value.substring(0, LONGEST_VALUE) + "…" : value;
    var chip = new HBox(5, Controls.label(name, "name"), Controls.label(shown, "value"));
    chip.getStyleClass().add("chip");
    if (isLong) {
      Tooltip.install(chip, new Tooltip(name + " " + value));
    }
    return chip;
  }

  private static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Shows the run at the playhead. */
  void show(ComparedRuns compared, int beside, Frame ofA) {
    var view = new RunView(compared, run, beside, ofA);
    canvas.show(view);
    if (!view.equals(told)) {
      told = view;
      Frame frame = view.frame();
      int masks = frame.moment().figures().masks();
      status.setText(
          "step %d of %d · masks left %d".formatted(frame.step(), frame.recorded(), masks));
      canvas.setAccessibleText(
          "Run %s. %s %s".formatted(RunLetter.of(run), Narration.of(frame), differing(view)));
    }
  }

  private static String differing(RunView view) {
    List<JointLives> others = view.compared().others();
    if (others.isEmpty()) {
      return "";
    }
    int other = view.run() == 0 ? view.beside() - 1 : view.run() - 1;
    int count = others.get(other).pair().differingAt(view.ofA().step()).length;
    return "%d token%s from run %s here."
        .formatted(
            count,
            count == 1 ? " differs" : "s differ",
            view.run() == 0 ? RunLetter.of(view.beside()) : RunLetter.A);
  }

  private void select(MouseEvent pressed) {
    if (told != null) {
      RunView view = canvas.sized(told);
      double zoom = canvas.zoom();
      session.selectionProperty().set(view.position(pressed.getX() / zoom, pressed.getY() / zoom));
    }
  }
}
