package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Breakpoints;
import dev.unmask.engine.check.Check;
import dev.unmask.engine.check.Checks;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The breakpoints, each with a tick, its text and how often it is hit; and a field for another. */
final class BreakpointsPane extends VBox {
  private static final String EXAMPLES =
      """
      commit where confidence < 0.3 and position > 20
      remask, edit, keep, change, eos, block, step
      what checks find: %s
      after where: position, step, block, masks, confidence, entropy, given, token = "…\"\
      """
          .formatted(Checks.ALL.stream().map(Check::name).collect(Collectors.joining(", ")));

  private final Breakpoints breakpoints;
  private final VBox list = new VBox(2);

  BreakpointsPane(Breakpoints breakpoints) {
    super(6);
    this.breakpoints = breakpoints;
    var text = new TextField();
    text.setId("breakpoint");
    text.setPromptText("commit where confidence < 0.3");
    text.setAccessibleText("A breakpoint to add");
    text.setTooltip(new Tooltip(EXAMPLES));
    text.setOnAction(
        entered -> {
          if (breakpoints.add(text.getText())) {
            text.clear();
          }
        });
    Label error = Controls.label("", "error");
    error.setWrapText(true);
    error.setMinHeight(USE_PREF_SIZE);
    error.textProperty().bind(breakpoints.errorProperty());
    error.visibleProperty().bind(breakpoints.errorProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    getChildren().addAll(list, text, error);
    breakpoints.items().addListener((ListChangeListener<Breakpoints.Item>) change -> list());
    list();
  }

  private void list() {
    list.getChildren().setAll(breakpoints.items().stream().map(this::row).toList());
  }

  private Node row(Breakpoints.Item item) {
    String words = item.breakpoint().text();
    var enabled = new CheckBox(words);
    enabled.setTooltip(new Tooltip(words));
    enabled.selectedProperty().bindBidirectional(item.enabled());
    enabled.setMinWidth(0);
    Label hits = Controls.label("", "name");
    hits.setMinWidth(USE_PREF_SIZE);
    hits.textProperty().bind(Bindings.format("%d×", item.hits()));
    hits.setTooltip(new Tooltip("How many steps of this run hit it"));
    enabled
        .accessibleTextProperty()
        .bind(Bindings.format("Breakpoint %s, hit at %d steps", words, item.hits()));
    var remove = new Button("", new FontIcon(CarbonIcons.CLOSE));
    remove.getStyleClass().addAll("icon-button", "row-button");
    remove.setAccessibleText("Remove the breakpoint " + words);
    remove.setTooltip(new Tooltip("Remove it"));
    remove.setOnAction(pressed -> breakpoints.remove(item));
    var row = new HBox(6, enabled, Controls.spring(), hits, remove);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }
}
