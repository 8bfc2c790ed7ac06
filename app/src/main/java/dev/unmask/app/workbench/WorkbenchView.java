package dev.unmask.app.workbench;

import dev.unmask.app.canvas.CanvasPainter;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.timeline.TimelinePainter;
import java.util.concurrent.Executor;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SplitPane;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The window's content: the form, the canvas above the timeline, the inspector, the transport. */
final class WorkbenchView extends BorderPane {
  private static final double CANVAS_SHARE = 0.44;

  private final Session session;
  private final Appearance appearance;
  private final PaintedPane canvas;
  private final PaintedPane timeline;
  private final SplitPane pictures;
  private final InspectorPane inspector;
  private final TransportBar transport;
  private final NoticePane notice = new NoticePane();

  WorkbenchView(
      Session session, RunForm form, Appearance appearance, Actions actions, Executor painting) {
    this.session = session;
    this.appearance = appearance;
    canvas = new PaintedPane(new CanvasPainter(), painting);
    canvas.setId("canvas");
    canvas.setOnMousePressed(this::selectOnCanvas);
    timeline = new PaintedPane(new TimelinePainter(), painting);
    timeline.setId("timeline");
    timeline.setOnMousePressed(this::selectOnTimeline);
    timeline.setOnMouseDragged(this::seekOnTimeline);
    pictures = new SplitPane(canvas, timeline);
    pictures.setOrientation(Orientation.VERTICAL);
    pictures.setDividerPositions(CANVAS_SHARE);
    inspector = new InspectorPane(painting);
    transport = new TransportBar(session.playhead(), actions);
    var centre = new VBox(notice, pictures);
    centre.setAlignment(Pos.CENTER);
    pictures.managedProperty().bind(pictures.visibleProperty());
    VBox.setVgrow(pictures, Priority.ALWAYS);
    centre.getStyleClass().add("centre");
    setTop(header(actions));
    setLeft(new RunPanel(form, actions));
    setCenter(centre);
    setRight(inspector);
    setBottom(transport);
  }

  /** Shows what the session has to show now. */
  void refresh() {
    notice.show(Notice.of(session.progressProperty().get()));
    pictures.setVisible(session.frameProperty().get().isPresent());
    session.frameProperty().get().ifPresent(this::show);
  }

  private void show(Frame frame) {
    Theme theme = appearance.themeProperty().get();
    canvas.show(frame, theme);
    timeline.show(frame, theme);
    inspector.show(frame, theme);
    transport.show(frame);
  }

  private void selectOnCanvas(MouseEvent pressed) {
    session
        .frameProperty()
        .get()
        .map(frame -> sized(frame, canvas))
        .ifPresent(
            frame -> select(CanvasPainter.positionAt(frame, pressed.getX(), pressed.getY())));
  }

  private void selectOnTimeline(MouseEvent pressed) {
    session
        .frameProperty()
        .get()
        .map(frame -> sized(frame, timeline))
        .ifPresent(frame -> select(TimelinePainter.positionAt(frame, pressed.getY())));
    seekOnTimeline(pressed);
  }

  private void seekOnTimeline(MouseEvent event) {
    session
        .frameProperty()
        .get()
        .map(frame -> sized(frame, timeline))
        .ifPresent(frame -> session.playhead().seek(TimelinePainter.stepAt(frame, event.getX())));
  }

  private void select(int position) {
    session.selectionProperty().set(position);
    requestFocus();
  }

  private static Frame sized(Frame frame, PaintedPane pane) {
    return frame.sized((int) pane.getWidth(), (int) pane.getHeight());
  }

  private static Node header(Actions actions) {
    var menus = new MenuBar();
    for (Actions.Group group : actions.groups()) {
      var menu = new Menu(group.name());
      group.actions().forEach(action -> menu.getItems().add(Controls.menuItem(action)));
      menus.getMenus().add(menu);
    }
    var header =
        new HBox(
            Controls.label("Unmask", "program"),
            menus,
            Controls.spring(),
            Controls.iconButton(actions.theme));
    header.getStyleClass().add("header");
    header.setAlignment(Pos.CENTER_LEFT);
    return header;
  }
}
