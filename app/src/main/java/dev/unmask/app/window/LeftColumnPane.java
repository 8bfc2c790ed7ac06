package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.tokens.RunActions;
import dev.unmask.app.window.SideColumns.Panel;
import java.util.Map;
import javafx.beans.binding.DoubleExpression;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** The column at the left: one panel, and below it what starts and ends a run, always there. */
final class LeftColumnPane extends BorderPane {
  private final Label heading = Controls.heading("");
  private final StackPane panel = new StackPane();

  /**
   * Of a column.
   *
   * @param panels but for the form, which is the page's
   * @param textSize of its usual size, with which the column grows
   */
  LeftColumnPane(
      SideColumns column,
      Map<Panel, Node> panels,
      ObservableValue<PageRun> page,
      RunActions actions,
      DoubleExpression textSize) {
    getStyleClass().add("left-column");
    setMinWidth(0);
    prefWidthProperty().bind(column.widthProperty().multiply(textSize));
    panel.setAlignment(Pos.TOP_LEFT);
    panel.setMinHeight(0);
    VBox.setVgrow(panel, Priority.ALWAYS);
    Runnable show =
        () -> {
          Panel chosen = column.panelProperty().get();
          heading.setText(chosen.words().toUpperCase(java.util.Locale.ROOT));
          panel
              .getChildren()
              .setAll(chosen == Panel.RUN ? page.getValue().form().get() : panels.get(chosen));
        };
    column.panelProperty().subscribe(show);
    page.subscribe(show);
    show.run();
    var body = new VBox(10, heading, panel);
    body.getStyleClass().add("left-panel");
    setCenter(body);
    setBottom(buttons(page, actions));
  }

  private static Node buttons(ObservableValue<PageRun> page, RunActions actions) {
    Button run = Controls.button(actions.run);
    run.getStyleClass().add("run-button");
    run.setId("run");
    run.textProperty().bind(page.map(PageRun::words));
    run.setMaxWidth(Double.MAX_VALUE);
    run.setMinWidth(60);
    HBox.setHgrow(run, Priority.ALWAYS);
    Button cancel = Controls.button(actions.cancel);
    cancel.setId("cancel");
    cancel.setMinWidth(USE_PREF_SIZE);
    var buttons = new HBox(8, run, Controls.iconButton(actions.newSeed), cancel);
    buttons.getStyleClass().add("run-buttons");
    return buttons;
  }

  /** The bar of icons that choose the panel. */
  static Node icons(SideColumns column, Map<Panel, Action> actions) {
    var icons = new VBox(4);
    icons.getStyleClass().add("icon-bar");
    actions.forEach((panel, action) -> icons.getChildren().add(icon(column, panel, action)));
    return icons;
  }

  private static Node icon(SideColumns column, Panel panel, Action action) {
    var icon = new ToggleButton("", new FontIcon(panel.icon()));
    icon.setId(panel.id());
    icon.getStyleClass().add("icon-button");
    icon.setAccessibleText(panel.words());
    icon.setTooltip(new Tooltip(action.explanation()));
    Runnable mark =
        () ->
            icon.setSelected(
                column.panelProperty().get() == panel && !column.foldedProperty().get());
    icon.setOnAction(
        pressed -> {
          column.toggle(panel);
          mark.run();
        });
    column.panelProperty().subscribe(mark);
    column.foldedProperty().subscribe(mark);
    mark.run();
    return icon;
  }
}
