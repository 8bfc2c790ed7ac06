package dev.unmask.app.corruption;

import dev.unmask.app.controls.Controls;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.NoiseSchedule;
import dev.unmask.engine.corruption.SampleText;
import dev.unmask.engine.noise.NoiseKind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** What is corrupted, and how. */
final class CorruptionForm extends VBox {
  /**
   * Of a view-model.
   *
   * @param below what can be done with it
   */
  CorruptionForm(CorruptionViewModel viewModel, List<String> models, Node below) {
    getStyleClass().add("corruption-form");
    List<String> alphabets = Stream.concat(models.stream(), Stream.of(Alphabet.LETTERS)).toList();
    var other = new Button("Corrupt other tokens");
    other.setOnAction(pressed -> viewModel.newSeed());
    other.setMaxWidth(Double.MAX_VALUE);
    var rows =
        new VBox(
            Controls.heading("TEXT"),
            Controls.row(
                "Tokens",
                Controls.choice(alphabets, Function.identity(), viewModel.modelProperty())),
            samples(viewModel),
            text(viewModel),
            Controls.heading("NOISE"),
            Controls.row(
                "Kind", Controls.choice(Noise.KINDS, NoiseKind::word, viewModel.kindProperty())),
            Controls.row(
                "Schedule",
                Controls.choice(
                    List.of(NoiseSchedule.values()),
                    NoiseSchedule::word,
                    viewModel.scheduleProperty())),
            other,
            below);
    rows.getStyleClass().add("rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  private static Node samples(CorruptionViewModel viewModel) {
    var samples = new ComboBox<SampleText>();
    samples.getItems().setAll(SampleText.values());
    samples.setPromptText("Take a sample …");
    samples.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(SampleText sample) {
            return sample == null ? "" : sample.title();
          }

          @Override
          public SampleText fromString(String text) {
            return samples.getValue();
          }
        });
    samples.setOnAction(chosen -> viewModel.textProperty().set(samples.getValue().text()));
    samples.setMaxWidth(Double.MAX_VALUE);
    return samples;
  }

  private static Node text(CorruptionViewModel viewModel) {
    var text = new TextArea();
    text.setId("corrupted-text");
    text.setAccessibleText("The text to corrupt");
    text.setWrapText(true);
    text.setPrefRowCount(5);
    text.textProperty().bindBidirectional(viewModel.textProperty());
    return text;
  }
}
