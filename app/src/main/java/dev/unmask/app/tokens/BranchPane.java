package dev.unmask.app.tokens;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Session;
import dev.unmask.engine.trace.TraceHeader.Edit;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The changes that a branch is to begin with, and the button that begins it. */
final class BranchPane extends VBox {
  private final Session session;
  private final BranchViewModel draft;
  private final ComboBox<String> token = new ComboBox<>();
  private final VBox list = new VBox(2);
  private final CheckBox withForm = new CheckBox();
  private final Button begin;

  BranchPane(Session session, BranchViewModel draft, Action branch) {
    super(6);
    this.session = session;
    this.draft = draft;
    token.setId("branch-token");
    token.setEditable(true);
    token.setMaxWidth(Double.MAX_VALUE);
    TextFields.bindAutoCompletion(
        token.getEditor(), request -> draft.completions(request.getUserText()));
    token.setPromptText("A word, or # and an id");
    token.setAccessibleText("The token for the selected position");
    token.setTooltip(
        new Tooltip(
            "A word with or without the space before it, or several for this position and those"
                + " behind it; the list holds the candidates"));
    token.setOnShowing(showing -> token.getItems().setAll(draft.candidates()));
    begin = Controls.button(branch);
    begin.setId("branch");
    begin.setMaxWidth(Double.MAX_VALUE);
    withForm.selectedProperty().bindBidirectional(draft.withFormProperty());
    withForm.setWrapText(true);
    withForm.setMinHeight(USE_PREF_SIZE);
    withForm.managedProperty().bind(withForm.visibleProperty());
    Label error = Controls.label("", "error");
    error.setWrapText(true);
    error.setMinHeight(USE_PREF_SIZE);
    error.textProperty().bind(draft.errorProperty());
    error.visibleProperty().bind(draft.errorProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    getChildren().addAll(token, ways(), error, list, withForm, begin);
    draft.edits().addListener((ListChangeListener<Edit>) change -> list());
  }

  private Node ways() {
    return new HBox(
        4,
        way("Force", "Puts the token at the selected position", draft::force),
        way("Pin", "Puts it there to stay; or pins the one that is there", draft::pin),
        way("Ban", "Forbids it there; or the one that is there", draft::ban),
        way("Remask", "Puts the mask back", typed -> draft.remask()));
  }

  private Button way(String name, String explanation, Consumer<String> make) {
    var way = new Button(name);
    way.getStyleClass().add("small");
    way.setId("branch-" + name.toLowerCase(Locale.ROOT));
    way.setMinWidth(USE_PREF_SIZE);
    way.setTooltip(new Tooltip(explanation));
    way.disableProperty().bind(session.selectionProperty().lessThan(0));
    way.setOnAction(pressed -> make.accept(token.getEditor().getText()));
    return way;
  }

  private void list() {
    list.getChildren().setAll(draft.edits().stream().map(this::row).toList());
  }

  private Node row(Edit edit) {
    String words = draft.words(edit);
    var remove = new Button("", new FontIcon(CarbonIcons.CLOSE));
    remove.getStyleClass().addAll("icon-button", "row-button");
    remove.setAccessibleText("Do not change " + words);
    remove.setOnAction(pressed -> draft.edits().remove(edit));
    var row = new HBox(6, Controls.label(words, "candidate"), Controls.spring(), remove);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  /** Says what would be done now. */
  void refresh() {
    begin.setText("Branch at step " + session.playhead().stepProperty().get());
    String settings = draft.formWords();
    withForm.setVisible(!settings.isEmpty());
    withForm.setText("With the form: " + settings);
  }
}
