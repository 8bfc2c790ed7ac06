package dev.unmask.app.tokens.timeline;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Figures;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.session.Session;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;

/** The figures of the step over the timeline's upper edge, and what the colours tell. */
public final class TimelineHeader extends HBox {
  private final Label masks = Controls.label("", "figure");
  private final Label confidence = Controls.label("", "figure");
  private final Label evaluations = Controls.label("", "figure");

  public TimelineHeader(Session session) {
    super(6);
    getStyleClass().add("timeline-header");
    setAlignment(Pos.CENTER_RIGHT);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.TOP_RIGHT);
    getChildren()
        .addAll(
            name("masks left"), masks,
            name("min confidence"), confidence,
            name("NFE"), evaluations,
            name("colours"), colourings(session));
  }

  /** Shows a frame's figures. */
  public void show(Frame frame) {
    Figures figures = frame.history().moment(frame.step()).figures();
    masks.setText(Integer.toString(figures.masks()));
    double least = figures.leastConfidence();
    confidence.setText(Double.isNaN(least) ? "–" : String.format(Locale.ROOT, "%.2f", least));
    evaluations.setText(figures.evaluations() < 0 ? "–" : Integer.toString(figures.evaluations()));
  }

  private static Node name(String words) {
    return Controls.label(words, "name");
  }

  private static Node colourings(Session session) {
    var choice = new ComboBox<Colouring>();
    choice.getItems().setAll(Colouring.values());
    choice.setId("colours");
    choice.setAccessibleText("What the colours tell");
    choice.setTooltip(new Tooltip("What the colours of canvas and timeline tell"));
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(Colouring colouring) {
            return colouring == null ? "" : colouring.words();
          }

          @Override
          public Colouring fromString(String words) {
            return choice.getValue();
          }
        });
    choice.setValue(session.viewProperty().get().colouring());
    choice
        .valueProperty()
        .addListener(
            (seen, before, now) ->
                session.viewProperty().set(session.viewProperty().get().in(now)));
    session.viewProperty().addListener((seen, before, now) -> choice.setValue(now.colouring()));
    return choice;
  }
}
