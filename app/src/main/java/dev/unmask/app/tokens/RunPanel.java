package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.Field;
import dev.unmask.app.controls.FieldRow;
import dev.unmask.app.session.Problem;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The form for the next run. */
final class RunPanel extends VBox {
  private final Session session;
  private final Supplier<RemedyButton> remedies;
  private final PromptPane prompt;
  private final VBox settings = new VBox();
  private final List<FieldProblem> ofRun;
  private List<FieldProblem> ofSettings = List.of();

  RunPanel(
      Session session, RunViewModel form, RunActions actions, Supplier<RemedyButton> remedies) {
    this.session = session;
    this.remedies = remedies;
    settings.getStyleClass().add("rows");
    form.fields().addListener((ListChangeListener<Field>) change -> describe(form));
    describe(form);
    prompt = new PromptPane(session, form);
    ofRun =
        List.of(
            told("model", Controls.row("Model", models(form))),
            told(
                "sampler",
                new VBox(6, Controls.row("Sampler", new SamplerChooser(form)), onSave(form))),
            told("prompt", prompt),
            told("length", new FieldRow(form.length())));
    var rows = new VBox(changes(actions));
    rows.getChildren().addAll(ofRun);
    rows.getChildren()
        .addAll(settings, new FieldRow(form.seed(), Controls.iconButton(actions.newSeed)));
    rows.getStyleClass().add("rows");
    session.problemProperty().subscribe(now -> show());
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  private void describe(RunViewModel form) {
    ofSettings =
        form.fields().stream()
            .map(
                field ->
                    told(
                        field.name(),
                        field.drawable()
                            ? new VBox(6, new FieldRow(field), new SchedulePane(field, form))
                            : new FieldRow(field)))
            .toList();
    settings.getChildren().setAll(ofSettings);
    ofSettings.forEach(row -> row.show(session.problemProperty().get()));
  }

  private FieldProblem told(String field, Node row) {
    return new FieldProblem(field, row, remedies.get());
  }

  private void show() {
    Optional<Problem> problem = session.problemProperty().get();
    Stream.concat(ofRun.stream(), ofSettings.stream()).forEach(row -> row.show(problem));
  }

  private static Node changes(RunActions actions) {
    Label sentence = Controls.label("", "hint");
    sentence.setId("changes");
    sentence.setWrapText(true);
    sentence.setMinHeight(USE_PREF_SIZE);
    sentence.textProperty().bind(actions.changes.sentenceProperty());
    HBox.setHgrow(sentence, Priority.ALWAYS);
    Node back = Controls.iconButton(actions.asShown);
    back.visibleProperty().bind(actions.asShown.enabled());
    back.managedProperty().bind(back.visibleProperty());
    var line = new HBox(8, sentence, back);
    line.visibleProperty().bind(sentence.textProperty().isNotEmpty());
    line.managedProperty().bind(line.visibleProperty());
    return line;
  }

  private static Node models(RunViewModel form) {
    var models = new ComboBox<String>();
    models.getItems().setAll(form.models());
    models.setEditable(true);
    models.setTooltip(new Tooltip("A bundled model, or the path of a model folder"));
    models.getEditor().textProperty().bindBidirectional(form.modelProperty());
    return models;
  }

  private static Node onSave(RunViewModel form) {
    var again = new CheckBox("Run again when its file is saved");
    again.setId("again-on-save");
    again.selectedProperty().bindBidirectional(form.againOnSaveProperty());
    again
        .visibleProperty()
        .bind(form.samplerProperty().map(kind -> kind.name().endsWith(OwnSamplers.EXTENSION)));
    again.managedProperty().bind(again.visibleProperty());
    return again;
  }

  /** Says what there is to say by now. */
  void refresh() {
    prompt.refresh();
  }
}
