package dev.unmask.app.export;

import dev.unmask.app.compare.RunPair;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Work;
import dev.unmask.app.theme.Theme;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** The next export: its settings beside the picture of the step that is shown. */
public final class ExportPage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Export", CarbonIcons.EXPORT);

  private final Session session;
  private final ExportViewModel form;
  private final ExportPanel panel;
  private final ExportActions actions;
  private final Appearance appearance;
  private final Executor painting;
  private final StackPane preview = new StackPane();
  private final ProgressBar bar = new ProgressBar(0);
  private final Label progress = Controls.label("", "name");
  private Optional<Preview> previewed = Optional.empty();
  private Optional<PaintedPane<Frame>> newest = Optional.empty();
  private final Work<Path> dragged = new Work<>();

  public ExportPage(
      Session session,
      ExportViewModel form,
      ExportActions actions,
      Appearance appearance,
      Executor painting) {
    this.session = session;
    this.form = form;
    panel = new ExportPanel(form, actions);
    this.actions = actions;
    this.appearance = appearance;
    this.painting = painting;
    preview.setId("export-preview");
    preview.setMinSize(0, 0);
    preview.addEventHandler(MouseEvent.MOUSE_PRESSED, pressed -> prepare());
    preview.setOnDragDetected(this::drag);
    VBox.setVgrow(preview, Priority.ALWAYS);
    bar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(bar, Priority.ALWAYS);
    var below = new HBox(10, bar, progress);
    below.visibleProperty().bind(actions.cancel.enabled());
    var centre = new VBox(8, preview, below);
    centre.getStyleClass().add("centre");
    setCenter(centre);
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return new PageRun(
        () -> panel,
        "Export …",
        actions.export.enabled(),
        actions.export.run(),
        actions.cancel.enabled(),
        actions.cancel.run(),
        Optional.empty());
  }

  @Override
  public void refresh() {
    form.valid()
        .map(settings -> new Preview(settings, actions.pair(settings)))
        .filter(now -> !previewed.equals(Optional.of(now)))
        .ifPresent(this::preview);
    session.frameProperty().get().ifPresent(this::show);
    Optional<ExportTask.Progress> far = actions.progress();
    bar.setProgress(far.map(ExportTask.Progress::share).orElse(0.0));
    progress.setText(far.map(ExportTask.Progress::words).orElse("painting …"));
  }

  /** A new pane lies above the old one until it shows something. */
  private void preview(Preview wanted) {
    previewed = Optional.of(wanted);
    if (preview.getChildren().size() > 1) {
      preview.getChildren().removeLast();
    }
    var next = new PaintedPane<>(wanted, painting, appearance);
    newest = Optional.of(next);
    preview.getChildren().add(next);
  }

  private void show(Frame frame) {
    List<Node> panes = preview.getChildren();
    newest.ifPresent(
        last -> {
          last.show(frame);
          if (panes.size() > 1 && last.shown().isPresent()) {
            panes.removeFirst();
          }
        });
  }

  /** Paints a file that may be dragged out, so that it is there when the mouse moves. */
  private void prepare() {
    dragged.forget();
    session
        .frameProperty()
        .get()
        .ifPresent(
            frame ->
                form.valid()
                    .ifPresent(
                        settings -> {
                          Optional<RunPair> pair = actions.pair(settings);
                          dragged.start(painting, tell -> tell.accept(file(settings, pair, frame)));
                        }));
  }

  private Path file(ExportSettings settings, Optional<RunPair> pair, Frame frame) {
    String name = session.file().map(RecentRuns::name).orElse("run") + "_" + frame.step();
    return PictureFile.temporary(name, new FramePainter(settings, pair).picture(frame));
  }

  private void drag(MouseEvent event) {
    dragged
        .value()
        .ifPresent(
            file -> {
              var content = new ClipboardContent();
              content.putFiles(List.of(file.toFile()));
              preview.startDragAndDrop(TransferMode.COPY).setContent(content);
            });
    if (!dragged.problem().isEmpty()) {
      session.tell(dragged.problem());
    }
    event.consume();
  }

  /** What would be exported, as large as fits into the middle of a frame of another size. */
  public record Preview(ExportSettings settings, Optional<RunPair> pair) implements Painter {
    @Override
    public void paint(Graphics2D g, Frame frame, Theme theme) {
      g.setColor(theme.background());
      g.fillRect(0, 0, frame.width(), frame.height());
      int width = settings.size().units();
      int height = settings.size().unitsHigh();
      double scale = Math.min((double) frame.width() / width, (double) frame.height() / height);
      Graphics2D middle = (Graphics2D) g.create();
      try {
        middle.translate(
            (frame.width() - width * scale) / 2, (frame.height() - height * scale) / 2);
        middle.scale(scale, scale);
        middle.clip(new Rectangle2D.Double(0, 0, width, height));
        // What is transparent is seen on the paper that its ink is made for.
        Theme paper = settings.theme().theme();
        middle.setColor(new Color(paper.background().getRGB()));
        middle.fillRect(0, 0, width, height);
        new FramePainter(settings, pair).paint(middle, settings.frame(frame), paper);
      } finally {
        middle.dispose();
      }
    }
  }
}
