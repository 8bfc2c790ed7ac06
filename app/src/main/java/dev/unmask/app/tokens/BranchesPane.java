package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.BranchTree;
import dev.unmask.app.session.Branches;
import dev.unmask.app.session.RecentRuns;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The tree of branches: a click shows a run, the pencil renames it. */
final class BranchesPane extends VBox {
  private static final PseudoClass SHOWN = PseudoClass.getPseudoClass("shown");
  private static final double INDENT = 16;
  private static final double DOT = 4;

  private final Branches branches;

  BranchesPane(Branches branches) {
    super(1);
    this.branches = branches;
    setId("branches");
    branches.nodes().addListener((ListChangeListener<BranchTree.Node>) change -> list());
    list();
  }

  private void list() {
    getChildren().setAll(branches.nodes().stream().map(this::row).toList());
    if (getChildren().isEmpty()) {
      getChildren().add(Controls.label("No run has a branch yet.", "hint"));
    }
  }

  private Node row(BranchTree.Node node) {
    String name = branches.name(node);
    var dot = new Circle(DOT);
    dot.getStyleClass().add("branch-dot");
    dot.pseudoClassStateChanged(SHOWN, branches.shown(node));
    var link = new Hyperlink(name);
    link.setMinWidth(0);
    link.getStyleClass().add("branch");
    link.pseudoClassStateChanged(SHOWN, branches.shown(node));
    link.setTooltip(new Tooltip(name + "\n" + node.words() + "\n" + RecentRuns.name(node.file())));
    link.setAccessibleText(
        (branches.shown(node) ? "Shown: " : "Show ")
            + name
            + (node.depth() > 0 ? ", a branch of depth " + node.depth() : ""));
    link.setOnAction(pressed -> branches.open(node));
    var rename = new Button("", new FontIcon(CarbonIcons.EDIT));
    rename.getStyleClass().addAll("icon-button", "row-button");
    rename.setAccessibleText("Rename " + name);
    rename.setTooltip(new Tooltip("Rename"));
    var row = new HBox(4, dot, link, Controls.spring(), rename);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setPadding(new Insets(0, 0, 0, node.depth() * INDENT));
    rename.setOnAction(pressed -> ask(node, row));
    return row;
  }

  private void ask(BranchTree.Node node, HBox row) {
    var name = new TextField(branches.name(node));
    name.setAccessibleText("The run's name");
    name.setOnAction(entered -> branches.rename(node, name.getText()));
    row.getChildren().setAll(name);
    name.requestFocus();
  }
}
