package dev.unmask.app.export;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.app.session.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/**
 * The next export: its settings beside the picture of the step that is shown, and what it comes to.
 */
public final class ExportPage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Export", CarbonIcons.EXPORT);

  private static final double NANOSECONDS = 1e9;
  private static final double LONGEST_PULSE = 0.1;

  private final Session session;
  private final ExportViewModel form;
  private final ExportPanel panel;
  private final ExportActions actions;
  private final Executor painting;
  private final ExpectedSize expected;
  private final PaintedPane<Sheet<ExportPreview>> preview;
  private final Label facts = Controls.label("", "sentence");
  private final Work<Path> dragged = new Work<>();
  private long last = System.nanoTime();

  /**
   * Of a form.
   *
   * @param painting paints one picture after the other
   * @param encoding encodes a few of them, to tell how large the file will be
   */
  public ExportPage(
      Session session,
      ExportViewModel form,
      ExportActions actions,
      Appearance appearance,
      Executor painting,
      Executor encoding) {
    this.session = session;
    this.form = form;
    panel = new ExportPanel(form, actions);
    this.actions = actions;
    this.painting = painting;
    expected = new ExpectedSize(encoding);
    preview = new PaintedPane<>(ExportPreview.PAINTER, painting, appearance);
    preview.setId("export-preview");
    preview.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    preview.addEventHandler(MouseEvent.MOUSE_PRESSED, pressed -> prepare());
    preview.setOnDragDetected(this::drag);
    VBox.setVgrow(preview, Priority.ALWAYS);
    facts.setId("export-facts");
    facts.setWrapText(true);
    facts.setMinHeight(USE_PREF_SIZE);
    var centre = new VBox(8, preview, facts);
    centre.getStyleClass().add("centre");
    setCenter(centre);
    form.kind.subscribe(
        () -> {
          if (session.pageProperty().get() == PAGE) {
            session.lead(actions.exhibits().transport(form.kind.get()));
          }
        });
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
  public Optional<Transport> transport() {
    return Optional.of(actions.exhibits().transport(form.kind.get()));
  }

  /** Enter exports, and Esc goes back to what is exported, or gives up what is under way. */
  @Override
  public boolean press(KeyCode key) {
    Node focused = getScene().getFocusOwner();
    if (key == KeyCode.ENTER
        && !(focused instanceof ButtonBase)
        && !(focused instanceof ComboBoxBase<?> choice && !choice.isEditable())) {
      actions.export.attempt();
      return true;
    }
    if (key == KeyCode.ESCAPE && !actions.cancel.enabled().get()) {
      actions.close();
      return true;
    }
    return false;
  }

  @Override
  public void refresh() {
    long now = System.nanoTime();
    double seconds = Math.min(LONGEST_PULSE, (now - last) / NANOSECONDS);
    last = now;
    actions.exhibits().pulse(form.kind.get(), seconds);
    actions.refresh();
    show(form.exhibit.get(), form.valid());
  }

  private void show(Optional<Exhibit> exhibit, Optional<ExportSettings> settings) {
    String missing =
        exhibit.isEmpty() ? "There is nothing to export yet: run something." : form.problem.get();
    preview.show(new Sheet<>(new ExportPreview(exhibit, settings, missing), 1, 1));
    if (exhibit.isEmpty() || settings.isEmpty()) {
      facts.setText("");
      return;
    }
    ExportFormat format = form.format.get();
    boolean moving = session.transportProperty().get().playhead().playingProperty().get();
    String size = expected.words(exhibit.get(), settings.get(), format, moving);
    facts.setText(ExportFacts.words(settings.get(), format, exhibit.get()) + " · " + size);
    preview.setAccessibleText("What would be exported: " + facts.getText());
  }

  /** Paints a file that may be dragged out, so that it is there when the mouse moves. */
  private void prepare() {
    dragged.forget();
    form.exhibit
        .get()
        .ifPresent(
            exhibit ->
                form.valid()
                    .ifPresent(
                        settings ->
                            dragged.start(painting, tell -> tell.accept(file(settings, exhibit)))));
  }

  private static Path file(ExportSettings settings, Exhibit exhibit) {
    String name = exhibit.name() + "_" + exhibit.step();
    return PictureFile.temporary(name, exhibit.subject(settings).picture(exhibit.step()));
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
}
