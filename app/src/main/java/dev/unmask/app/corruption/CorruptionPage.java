package dev.unmask.app.corruption;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.corruption.MatrixPainter.HeatMap;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.session.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** The forward process of a text, and the way back. */
public final class CorruptionPage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Corruption", CarbonIcons.CHART_LINE);

  /** The share of the page that its right side takes at most. */
  private static final double SIDE = 0.4;

  private static final double CURVES = 150;
  private static final double MATRICES = 320;

  private final CorruptionViewModel viewModel;
  private final PaintedPane<Sheet<NoisedText>> text;
  private final PaintedPane<Sheet<NoisedText>> curves;
  private final PaintedPane<Sheet<HeatMap>> step;
  private final PaintedPane<Sheet<HeatMap>> product;
  private final CheckBox logarithmic = new CheckBox("Logarithmic, from 10⁻⁴");
  private final PaintedPane<Sheet<NoisedText>> bars;
  private final PaintedPane<Sheet<List<NoisedWord>>> result;
  private final Label summary = Controls.label("", "figure");
  private final Label problem = Controls.label("", "error");
  private final Label verdict = Controls.label("", "hint");
  private final Label restored = Controls.label("", "figure");
  private final Button test = new Button("Test the model here");
  private final BooleanProperty ready = new SimpleBooleanProperty();
  private final BooleanProperty testing = new SimpleBooleanProperty();
  private final CorruptionForm form;
  private final VBox back;
  private final List<Node> shown;
  private NoisedText told;

  /**
   * Of a view-model.
   *
   * @param computing paints what takes long to compute
   */
  public CorruptionPage(
      CorruptionViewModel viewModel,
      List<String> models,
      Executor painting,
      Executor computing,
      Appearance appearance) {
    this.viewModel = viewModel;
    text = pane(new NoisedTextPainter(), painting, appearance);
    curves = pane(new CurvesPainter(), painting, appearance);
    step = new PaintedPane<>(MatrixPainter.ofStep(), computing, appearance);
    product = new PaintedPane<>(MatrixPainter.ofProduct(), computing, appearance);
    bars = pane(new BarsPainter(), computing, appearance);
    result = new PaintedPane<>(new WordsPainter(), painting, appearance);
    back = card(Controls.heading("DENOISED FROM HERE"), result, restored);
    text.setId("noised");
    text.setOnMousePressed(this::select);
    curves.setOnMousePressed(this::drag);
    curves.setOnMouseDragged(this::drag);
    shown = List.of(text, curves, step, product, bars);
    form = new CorruptionForm(viewModel, models, trial());
    setCenter(centre());
    setRight(side());
  }

  private static PaintedPane<Sheet<NoisedText>> pane(
      Drawing<Sheet<NoisedText>> drawing, Executor painting, Appearance appearance) {
    return new PaintedPane<>(drawing, painting, appearance);
  }

  private Node trial() {
    test.setId("test");
    test.setOnAction(pressed -> viewModel.test());
    test.setMaxWidth(Double.MAX_VALUE);
    verdict.setWrapText(true);
    verdict.setMinHeight(USE_PREF_SIZE);
    return new VBox(8, Controls.heading("TRAIN AND TEST"), verdict, test);
  }

  private Node centre() {
    curves.setPrefHeight(CURVES);
    curves.setMinHeight(CURVES);
    step.setMinHeight(MATRICES);
    product.setMinHeight(MATRICES);
    HBox.setHgrow(step, Priority.ALWAYS);
    HBox.setHgrow(product, Priority.ALWAYS);
    step.setPrefWidth(1);
    product.setPrefWidth(1);
    summary.setWrapText(true);
    problem.setWrapText(true);
    var matrices = new HBox(12, step, product);
    VBox.setVgrow(matrices, Priority.ALWAYS);
    logarithmic.setId("logarithmic");
    VBox maps = card(Controls.head("HEAT MAPS", logarithmic), matrices);
    VBox.setVgrow(maps, Priority.ALWAYS);
    var all =
        new VBox(
            12,
            card(Controls.heading("FORWARD CORRUPTION"), text, slider(), summary, problem),
            back,
            card(curves),
            maps);
    all.getStyleClass().add("centre");
    var scroll = new ScrollPane(all);
    scroll.setFitToWidth(true);
    scroll.setFitToHeight(true);
    scroll.getStyleClass().add("page-scroll");
    return scroll;
  }

  private Node slider() {
    var slider = new Slider(0, viewModel.noiseSteps(), viewModel.timeProperty().get());
    slider.setId("time");
    slider.setAccessibleText("The time t");
    slider.setBlockIncrement(1);
    slider.valueProperty().bindBidirectional(viewModel.timeProperty());
    HBox.setHgrow(slider, Priority.ALWAYS);
    Label value = Controls.label("", "figure");
    value.setMinWidth(60);
    value
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    String.format(
                        Locale.ROOT,
                        "t %.3f",
                        viewModel.timeProperty().get() / (double) viewModel.noiseSteps()),
                viewModel.timeProperty()));
    return new HBox(10, value, slider);
  }

  private static VBox card(Node... rows) {
    var card = new VBox(10, rows);
    card.getStyleClass().add("card");
    return card;
  }

  private Node side() {
    bars.setMinHeight(BarsPainter.HEIGHT);
    Label hint =
        Controls.label(
            "Click a token to see where noise may take it, where it came from, and, once the model"
                + " was tested, what the model thinks of it.",
            "hint");
    hint.setWrapText(true);
    hint.setMinHeight(USE_PREF_SIZE);
    var rows = new VBox(10, Controls.heading("DISTRIBUTIONS"), hint, bars);
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    var side = new VBox(scroll);
    side.getStyleClass().addAll("side-panel", "inspector");
    side.maxWidthProperty().bind(widthProperty().multiply(SIDE));
    return side;
  }

  private void select(MouseEvent pressed) {
    viewModel
        .noised()
        .ifPresent(
            noised -> {
              int width = (int) (text.getWidth() / text.zoom());
              viewModel
                  .selectionProperty()
                  .set(
                      NoisedTextPainter.positionAt(
                          noised,
                          width,
                          pressed.getX() / text.zoom(),
                          pressed.getY() / text.zoom()));
            });
  }

  private void drag(MouseEvent event) {
    double t =
        CurvesPainter.timeAt(event.getX() / curves.zoom(), curves.getWidth() / curves.zoom());
    viewModel.timeProperty().set((int) Math.round(t * viewModel.noiseSteps()));
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return new PageRun(
        () -> form,
        "Denoise from here",
        ready,
        viewModel::denoise,
        testing,
        viewModel::cancel,
        Optional.of(viewModel::newSeed));
  }

  @Override
  public void refresh() {
    viewModel.pulse();
    ready.set(viewModel.ready());
    testing.set(viewModel.testing());
    test.setDisable(!viewModel.ready() || viewModel.testing());
    verdict.setText(viewModel.verdict());
    show(problem, viewModel.problem());
    Optional<NoisedText> noised = viewModel.noised();
    noised.ifPresent(this::show);
    shown.forEach(node -> node.setVisible(noised.isPresent()));
    summary.setText(
        viewModel.working() ? "Working it out …" : noised.map(NoisedText::summary).orElse(""));
    viewModel.result().ifPresent(this::show);
    back.setVisible(viewModel.result().isPresent());
    back.setManaged(back.isVisible());
  }

  private void show(NoisedText noised) {
    var sheet = new Sheet<>(noised, 1, 1);
    heighten(text, NoisedTextPainter.height(noised, (int) (text.getWidth() / text.zoom())));
    List.of(text, curves, bars).forEach(pane -> pane.show(sheet));
    var maps = new Sheet<>(new HeatMap(noised, logarithmic.isSelected()), 1, 1);
    List.of(step, product).forEach(pane -> pane.show(maps));
    if (!noised.equals(told)) {
      told = noised;
      text.setAccessibleText(noised.aloud());
      curves.setAccessibleText(noised.summary());
    }
  }

  private void show(WayBack.Result came) {
    restored.setText(came.sentence());
    heighten(result, WordsPainter.height(came.words(), (int) (result.getWidth() / result.zoom())));
    result.show(new Sheet<>(came.words(), 1, 1));
  }

  private static void heighten(PaintedPane<?> pane, double height) {
    double needed = Math.max(1, Math.ceil(height * pane.zoom()));
    if (pane.getMinHeight() != needed) {
      pane.setMinHeight(needed);
      pane.setPrefHeight(needed);
    }
  }

  private static void show(Label label, String sentence) {
    label.setText(sentence);
    label.setVisible(!sentence.isEmpty());
    label.setManaged(label.isVisible());
  }
}
