package dev.unmask.app.tokens.timeline;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.session.Session;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;

/** What the colours tell, to be chosen over the timeline's upper edge. */
public final class TimelineHeader extends HBox {
  /** Of a timeline, for the choice's name to stand beside its title. */
  private static final double WIDE_ENOUGH = 420;

  public TimelineHeader(Session session) {
    super(6);
    getStyleClass().add("timeline-header");
    setAlignment(Pos.CENTER_RIGHT);
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.TOP_RIGHT);
    Label name = Controls.label("colours", "name");
    name.managedProperty().bind(name.visibleProperty());
    parentProperty()
        .subscribe(
            parent -> {
              if (parent instanceof Region around) {
                name.visibleProperty().bind(around.widthProperty().greaterThan(WIDE_ENOUGH));
              }
            });
    getChildren().addAll(name, colourings(session));
  }

  private static ComboBox<Colouring> colourings(Session session) {
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
