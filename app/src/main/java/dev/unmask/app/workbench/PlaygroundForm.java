package dev.unmask.app.workbench;

import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.playground.PlaneProcess;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which particles, and what becomes of them. */
final class PlaygroundForm extends VBox {
  PlaygroundForm(PlaygroundChoice choice) {
    getStyleClass().add("side-panel");
    Node data =
        Controls.choice(List.of(PlaneData.values()), PlaneData::title, choice.dataProperty());
    data.setId("plane-data");
    Node process =
        Controls.choice(
            List.of(PlaneProcess.values()), PlaneProcess::title, choice.processProperty());
    process.setId("plane-process");
    var other = new Button("Draw other particles");
    other.setOnAction(pressed -> choice.newSeed());
    other.setMaxWidth(Double.MAX_VALUE);
    var rows =
        new VBox(
            Controls.heading("DATA"),
            Controls.row("Distribution", data),
            new FieldRow(choice.particles()),
            new FieldRow(choice.seed()),
            other,
            Controls.heading("NOISE"),
            Controls.row("Process", process),
            new FieldRow(choice.steps()));
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }
}
