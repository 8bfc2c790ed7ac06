package dev.unmask.app.images;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** Images on their way out of noise. */
public final class ImagesPage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Images", CarbonIcons.IMAGE);

  private static final double NANOSECONDS = 1e9;
  private static final double LONGEST_PULSE = 0.1;
  private static final double STRIP_SIDE = 44;

  private final ImagesViewModel viewModel;
  private final ImagesForm form;
  private final PaintedPane<Sheet<ImageFrame>> step;
  private final PaintedPane<Sheet<ImageFrame>> strip;
  private final PaintedPane<Sheet<ImageFrame>> grid;
  private final BooleanProperty ready = new SimpleBooleanProperty();
  private final BooleanProperty live = new SimpleBooleanProperty();
  private final Label figures = Controls.label("", "figure");
  private final Label problem = Controls.label("", "error");
  private final ProgressBar progress = new ProgressBar();
  private long last = System.nanoTime();

  /**
   * Of a view-model.
   *
   * @param branching begins a branch where the playhead is
   */
  public ImagesPage(
      ImagesViewModel viewModel, Action branching, Executor painting, Appearance appearance) {
    this.viewModel = viewModel;
    form = new ImagesForm(viewModel, branching, painting, appearance);
    step = new PaintedPane<>(new StepPainter(), painting, appearance);
    strip = new PaintedPane<>(new StripPainter(), painting, appearance);
    grid = new PaintedPane<>(new GridPainter(), painting, appearance);
    step.setId("image-step");
    strip.setId("image-strip");
    grid.setId("image-grid");
    strip.setOnMousePressed(this::seek);
    strip.setOnMouseDragged(this::seek);
    grid.setOnMousePressed(this::select);
    step.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setCenter(centre());
  }

  private Node centre() {
    problem.setWrapText(true);
    figures.setWrapText(true);
    figures.setMinHeight(USE_PREF_SIZE);
    problem.managedProperty().bind(problem.visibleProperty());
    progress.managedProperty().bind(progress.visibleProperty());
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.setAccessibleText("How many of the steps are made");
    strip.setMinHeight(StripPainter.height(STRIP_SIDE));
    VBox.setVgrow(step, Priority.ALWAYS);
    VBox.setVgrow(grid, Priority.ALWAYS);
    var close = card(head("IMAGE AT THE PLAYHEAD"), step, figures, progress, problem);
    var batch = card(Controls.heading("ALL IMAGES"), grid);
    for (VBox half : List.of(close, batch)) {
      half.setMinWidth(0);
      half.setPrefWidth(1);
      HBox.setHgrow(half, Priority.ALWAYS);
    }
    var halves = new HBox(12, close, batch);
    VBox.setVgrow(halves, Priority.ALWAYS);
    var all = card(Controls.heading("ALL STEPS: x ABOVE, THE PREDICTED IMAGE BELOW, t"), strip);
    var rows = new VBox(12, halves, all);
    rows.getStyleClass().add("centre");
    return rows;
  }

  private static VBox card(Node... rows) {
    var card = new VBox(10, rows);
    card.getStyleClass().add("card");
    return card;
  }

  private Node head(String words) {
    var before = new Button("Previous");
    before.getStyleClass().add("small");
    before.setOnAction(pressed -> move(-1));
    var next = new Button("Next");
    next.setId("next-image");
    next.getStyleClass().add("small");
    next.setOnAction(pressed -> move(1));
    return Controls.head(words, before, next);
  }

  private void move(int distance) {
    viewModel
        .batch()
        .ifPresent(
            batch ->
                viewModel
                    .selectionProperty()
                    .set(Math.floorMod(batch.image() + distance, batch.shape().images())));
  }

  private void seek(MouseEvent event) {
    strip
        .shown()
        .map(
            sheet ->
                StripPainter.stepAt(
                    sheet, event.getX() / strip.zoom(), event.getY() / strip.zoom()))
        .filter(found -> found >= 0)
        .ifPresent(viewModel::seek);
  }

  private void select(MouseEvent event) {
    grid.shown()
        .map(
            sheet ->
                GridPainter.imageAt(sheet, event.getX() / grid.zoom(), event.getY() / grid.zoom()))
        .filter(found -> found >= 0)
        .ifPresent(viewModel.selectionProperty()::set);
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return new PageRun(
        () -> form,
        "Run",
        ready,
        viewModel::run,
        live,
        viewModel::cancel,
        Optional.of(
            () -> {
              viewModel.choice().newSeed();
              viewModel.run();
            }));
  }

  @Override
  public Optional<Transport> transport() {
    return Optional.of(viewModel);
  }

  @Override
  public void refresh() {
    long now = System.nanoTime();
    viewModel.pulse(Math.min(LONGEST_PULSE, (now - last) / NANOSECONDS));
    last = now;
    form.refresh();
    ready.set(viewModel.choice().chosen().isPresent());
    live.set(viewModel.live());
    problem.setText(viewModel.problem());
    problem.setVisible(!viewModel.problem().isEmpty());
    progress.setVisible(viewModel.live());
    progress.setProgress(
        viewModel.progress() == 0 ? ProgressBar.INDETERMINATE_PROGRESS : viewModel.progress());
    viewModel.batch().ifPresent(this::show);
  }

  private void show(ImageFrame batch) {
    figures.setText(words(batch));
    step.setAccessibleText(figures.getText());
    var sheet = new Sheet<>(batch, 1, 1);
    step.show(sheet);
    strip.show(sheet);
    grid.show(sheet);
  }

  private static String words(ImageFrame batch) {
    double ratio = batch.signalToNoise();
    String noise =
        Double.isNaN(ratio)
            ? ""
            : Double.isInfinite(ratio)
                ? " · no noise left"
                : String.format(Locale.ROOT, " · signal to noise %.3g", ratio);
    return "image %d of %d · step %d of %d%s"
        .formatted(
            batch.image() + 1, batch.shape().images(), batch.step(), batch.recorded(), noise);
  }
}
