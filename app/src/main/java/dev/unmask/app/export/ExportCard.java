package dev.unmask.app.export;

import dev.unmask.app.controls.Controls;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

/** How far the export is that is under way, whatever page is open, and a way to give it up. */
public final class ExportCard extends HBox {
  private static final double WIDTH = 140;

  private final ExportActions actions;
  private final ProgressBar bar = new ProgressBar(0);
  private final Label words = Controls.label("", "sentence");

  /** Not to be seen while there is none. */
  public ExportCard(ExportActions actions) {
    super(10);
    this.actions = actions;
    getStyleClass().add("export-card");
    setId("export-progress");
    setAlignment(Pos.CENTER_LEFT);
    bar.setPrefWidth(WIDTH);
    bar.setAccessibleText("How much of the export is written");
    words.setMinWidth(USE_PREF_SIZE);
    Button cancel = Controls.button(actions.cancel);
    cancel.setText("Cancel");
    cancel.getStyleClass().add("small");
    cancel.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(words, bar, cancel);
    visibleProperty().bind(actions.cancel.enabled());
    managedProperty().bind(visibleProperty());
  }

  /** Shows how far it is now. */
  public void refresh() {
    if (isVisible()) {
      Optional<ExportTask.Progress> far = actions.progress();
      bar.setProgress(
          far.map(ExportTask.Progress::share).orElse(ProgressBar.INDETERMINATE_PROGRESS));
      words.setText("Exporting: " + far.map(ExportTask.Progress::words).orElse("painting …"));
    }
  }
}
