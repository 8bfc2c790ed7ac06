package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The card of the tour's stop, beside the part of the window that it is about. */
public final class TourPane extends Pane {
  private static final double WIDTH = 340;
  private static final double GAP = 14;

  private final Tour tour;
  private final Map<Tour.Place, Node> places;
  private final Label title = Controls.label("", "tour-title");
  private final Label words = Controls.label("", "tour-words");
  private final Label count = Controls.label("", "name");
  private final Button next = new Button("Next");
  private final VBox card;

  /**
   * Of a tour.
   *
   * @param places what its stops point to
   * @param closed gives the focus back, which would go to whichever control is next
   */
  public TourPane(Tour tour, Map<Tour.Place, Node> places, Runnable closed) {
    this.tour = tour;
    this.places = places;
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    var back = new Button("Back");
    back.setOnAction(pressed -> tour.back());
    var close = new Button("Close");
    close.setOnAction(pressed -> tour.close());
    close.setId("tour-close");
    next.setOnAction(pressed -> tour.next());
    next.setDefaultButton(true);
    next.setId("tour-next");
    var buttons = new HBox(8, count, Controls.spring(), close, back, next);
    buttons.setAlignment(Pos.CENTER_LEFT);
    card = new VBox(8, title, words, buttons);
    card.getStyleClass().add("tour");
    card.setPrefWidth(WIDTH);
    card.setId("tour");
    setPickOnBounds(false);
    getChildren().add(card);
    tour.stopProperty()
        .addListener(
            (seen, before, now) -> {
              if (now.isEmpty()) {
                closed.run();
              }
              show(now);
            });
    show(Optional.empty());
  }

  private void show(Optional<Tour.Stop> stop) {
    setVisible(stop.isPresent());
    stop.ifPresent(
        now -> {
          title.setText(now.title());
          words.setText(now.words());
          count.setText("%d of %d".formatted(tour.number() + 1, Tour.STOPS.size()));
          next.setText(tour.number() + 1 == Tour.STOPS.size() ? "Done" : "Next");
          requestLayout();
        });
  }

  @Override
  protected void layoutChildren() {
    tour.stopProperty()
        .get()
        .ifPresent(
            stop -> {
              Node place = places.get(stop.place());
              Bounds bounds = sceneToLocal(place.localToScene(place.getLayoutBounds()));
              double height = card.prefHeight(WIDTH);
              double x =
                  stop.place() == Tour.Place.INSPECTOR
                      ? bounds.getMinX() - WIDTH - GAP
                      : bounds.getMaxX() - WIDTH - GAP;
              double y =
                  switch (stop.place()) {
                    case CANVAS -> bounds.getMaxY() + GAP;
                    case INSPECTOR -> bounds.getMinY() + GAP;
                    case TIMELINE -> bounds.getMinY() - height - GAP;
                  };
              card.resizeRelocate(Math.max(0, x), Math.max(0, y), WIDTH, height);
            });
  }
}
