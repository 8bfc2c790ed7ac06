package dev.unmask.app.playground;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Sheet;
import dev.unmask.engine.playground.Reading;
import java.util.concurrent.Executor;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The figures of the noise at t, and of the selected particle. */
final class PlaygroundSide extends VBox {
  private static final double CURVES = 130;

  private final PaintedPane<Sheet<PlaneView>> curves;
  private final VBox noise = new VBox(6);
  private final VBox particle = new VBox(6);
  private final Label hint = Controls.label("Click a particle to follow it.", "hint");

  PlaygroundSide(PlaygroundViewModel viewModel, Executor painting, Appearance appearance) {
    curves = new PaintedPane<>(new NoiseCurvesPainter(), painting, appearance);
    curves.setMinHeight(CURVES);
    getStyleClass().addAll("side-panel", "inspector");
    var before = new Button("Previous");
    before.getStyleClass().add("small");
    before.setOnAction(pressed -> viewModel.select(-1));
    var next = new Button("Next");
    next.setId("next-particle");
    next.getStyleClass().add("small");
    next.setOnAction(pressed -> viewModel.select(1));
    hint.setWrapText(true);
    hint.setMinHeight(USE_PREF_SIZE);
    hint.managedProperty().bind(hint.visibleProperty());
    var head = Controls.head("PARTICLE", before, next);
    var rows = new VBox(10, Controls.heading("NOISE AT t"), curves, noise, head, hint, particle);
    rows.getStyleClass().add("side-rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().add(scroll);
  }

  /** Shows the figures of a moment. */
  void show(PlaneView view) {
    curves.show(new Sheet<>(view, 1, 1));
    double alpha = view.now().noise().alpha();
    double sigma = view.now().noise().sigma();
    row(noise, 0, "α, of the signal", "%.3f", alpha);
    row(noise, 1, "σ, of the noise", "%.3f", sigma);
    row(noise, 2, "SNR, α² / σ²", sigma == 0 ? "∞" : "%.3g", alpha * alpha / (sigma * sigma));
    hint.setVisible(view.selection() < 0);
    particle.setVisible(view.selection() >= 0);
    if (view.selection() >= 0) {
      show(view, view.selection());
    }
  }

  private void show(PlaneView view, int selected) {
    Reading reading = view.at(view.x(selected), view.y(selected));
    row(particle, 0, "Number", "%.0f of %.0f", selected + 1.0, (double) view.particles());
    row(particle, 1, "x", "%.2f, %.2f", view.x(selected), view.y(selected));
    row(particle, 2, "Predicted x_0", "%.2f, %.2f", reading.cleanX(), reading.cleanY());
    row(particle, 3, "Density", "%.3g", reading.density());
    row(particle, 4, "Score", "%.2f, %.2f", reading.scoreX(), reading.scoreY());
    row(particle, 5, "May come from", "%.0f of %.0f places", reading.candidates(), places(view));
  }

  private static double places(PlaneView view) {
    return view.scene().plan().data().mixture().x().length;
  }

  /** A name and its figure, in a row that is made once. */
  private static void row(VBox rows, int index, String name, String format, Object... values) {
    if (rows.getChildren().size() == index) {
      rows.getChildren().add(Controls.row(name, Controls.label("", "figure")));
    }
    HBox row = (HBox) rows.getChildren().get(index);
    ((Label) row.getChildren().getLast()).setText(PlaneView.figures(format, values));
  }
}
