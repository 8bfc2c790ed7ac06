package dev.unmask.app.playground;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.Field;
import dev.unmask.app.controls.FieldRow;
import dev.unmask.app.playground.PlaygroundChoice.Direction;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Which particles, and what becomes of them. */
final class PlaygroundForm extends VBox {
  private final VBox settings = rows();

  PlaygroundForm(PlaygroundChoice choice) {
    choice.settings().addListener((ListChangeListener<Field>) change -> describe(choice));
    describe(choice);
    Node data =
        Controls.choice(List.of(PlaneData.values()), PlaneData::title, choice.dataProperty());
    data.setId("plane-data");
    data.setAccessibleText("The distribution of the particles");
    Node direction =
        Controls.choice(List.of(Direction.values()), Direction::words, choice.directionProperty());
    direction.setId("plane-direction");
    direction.setAccessibleText("Which way the particles go");
    var other = new Button("Draw other particles");
    other.setOnAction(pressed -> choice.newSeed());
    other.setMaxWidth(Double.MAX_VALUE);
    var rows =
        rows(
            Controls.heading("PARTICLES"),
            Controls.row("Distribution", data),
            new FieldRow(choice.particles()),
            new FieldRow(choice.seed()),
            other,
            Controls.heading("WAY"),
            Controls.row("Direction", direction),
            shown(noising(choice), choice, Direction.TO_NOISE),
            shown(sampling(choice), choice, Direction.TO_DATA));
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

  private static Node noising(PlaygroundChoice choice) {
    Node process =
        Controls.choice(PlaygroundChoice.PROCESSES, ProcessKind::word, choice.processProperty());
    process.setId("plane-process");
    process.setAccessibleText("How the noise grows");
    return rows(Controls.row("Process", process), new FieldRow(choice.steps()));
  }

  private Node sampling(PlaygroundChoice choice) {
    ComboBox<ImageSamplerKind> sampler =
        Controls.choice(
            PlaygroundChoice.SAMPLERS, ImageSamplerKind::title, choice.samplerProperty());
    sampler.setId("plane-sampler");
    sampler.setAccessibleText("The sampler");
    sampler.setMaxWidth(Double.MAX_VALUE);
    Label summary = Controls.label("", "hint");
    summary.setWrapText(true);
    summary.setMinHeight(USE_PREF_SIZE);
    summary
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> choice.samplerProperty().get().summary(), choice.samplerProperty()));
    return rows(sampler, summary, settings);
  }

  private void describe(PlaygroundChoice choice) {
    settings.getChildren().setAll(choice.settings().stream().map(FieldRow::new).toList());
  }

  private static Node shown(Node node, PlaygroundChoice choice, Direction direction) {
    node.visibleProperty().bind(choice.directionProperty().isEqualTo(direction));
    node.managedProperty().bind(node.visibleProperty());
    return node;
  }
}
