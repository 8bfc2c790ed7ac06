package dev.unmask.app.families;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.FieldRow;
import dev.unmask.engine.families.Families;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.PlaneData;
import java.util.List;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The tree of families, of which those that are ticked are shown; and what they learn. */
final class FamiliesForm extends VBox {
  private final FamiliesChoice choice;
  private final Label about = Controls.label("", "hint");
  private final VBox settings = rows();

  FamiliesForm(FamiliesChoice choice) {
    this.choice = choice;
    about.setWrapText(true);
    about.setMinHeight(USE_PREF_SIZE);
    choice.selectedProperty().subscribe(this::describe);
    Node data =
        Controls.choice(List.of(PlaneData.values()), PlaneData::title, choice.dataProperty());
    data.setId("families-data");
    data.setAccessibleText("What all families learn");
    VBox rows = rows(Controls.heading("FAMILY TREE"), Controls.label("Generative models", "name"));
    for (Family.Place place : Family.Place.values()) {
      rows.getChildren().add(branch(place));
    }
    rows.getChildren().addAll(about, settings);
    rows.getChildren()
        .addAll(
            Controls.heading("DATA"),
            Controls.row("Distribution", data),
            new FieldRow(choice.seed()));
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  private static VBox rows(Node... nodes) {
    var rows = new VBox(nodes);
    rows.getStyleClass().add("rows");
    return rows;
  }

  private Node branch(Family.Place place) {
    var branch = new VBox(4, Controls.label(place.words(), "hint"));
    branch.getStyleClass().add("family-branch");
    Families.ALL.stream()
        .filter(family -> family.place() == place)
        .map(this::node)
        .forEach(branch.getChildren()::add);
    return branch;
  }

  private Node node(Family family) {
    var shown = new CheckBox();
    shown.setId("show-" + family.name());
    shown.setAccessibleText("Show " + family.title());
    shown.setTooltip(new Tooltip("Show it and train it with the others"));
    shown.setOnAction(
        _ -> {
          choice.toggle(family);
          shown.setSelected(choice.families().contains(family));
        });
    choice
        .families()
        .addListener((Observable _) -> shown.setSelected(choice.families().contains(family)));
    shown.setSelected(choice.families().contains(family));
    var name = new ToggleButton(family.title());
    name.setId("family-" + family.name());
    name.getStyleClass().add("family-node");
    name.setTooltip(new Tooltip(family.summary()));
    name.setMaxWidth(Double.MAX_VALUE);
    name.setMinWidth(0);
    name.setAlignment(Pos.CENTER_LEFT);
    HBox.setHgrow(name, Priority.ALWAYS);
    name.setOnAction(
        _ -> {
          choice.selectedProperty().set(family);
          if (!choice.families().contains(family)) {
            choice.toggle(family);
          }
          name.setSelected(true);
        });
    choice.selectedProperty().subscribe(now -> name.setSelected(now == family));
    Label year = Controls.label(Integer.toString(family.year()), "hint");
    year.setMinWidth(USE_PREF_SIZE);
    var row = new HBox(6, shown, name, year);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private void describe(Family family) {
    about.setText(family.title() + ". " + family.summary());
    settings.getChildren().setAll(choice.settings(family).stream().map(FieldRow::new).toList());
  }
}
