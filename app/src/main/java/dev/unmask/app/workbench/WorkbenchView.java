package dev.unmask.app.workbench;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The window's content: the form, the canvas above the timeline, the inspector, the transport. */
final class WorkbenchView extends StackPane {
  private final Session session;
  private final CanvasPane canvas;
  private final TimelinePane timeline;
  private final TimelineHeader figures;
  private final SplitPane pictures;
  private final InspectorPane inspector;
  private final TransportBar transport;
  private final NoticePane notice;
  private final PalettePane palette;
  private final ShortcutsPane shortcuts;
  private final NotePane note;

  WorkbenchView(
      Session session,
      RunForm form,
      Appearance appearance,
      Actions actions,
      Tour tour,
      Executor painting) {
    this.session = session;
    canvas = new CanvasPane(session, painting, appearance);
    timeline = new TimelinePane(session, new TimelineZoom(session), painting, appearance);
    figures = new TimelineHeader(session);
    notice = new NoticePane(actions);
    pictures = new SplitPane(canvas, new StackPane(timeline, figures));
    pictures.setOrientation(Orientation.VERTICAL);
    pictures.managedProperty().bind(pictures.visibleProperty());
    inspector = new InspectorPane(painting, appearance);
    transport = new TransportBar(session, actions.play(), painting, appearance);
    palette = new PalettePane(actions::matching, this::requestFocus);
    shortcuts = new ShortcutsPane(actions, this::requestFocus);
    note = new NotePane(session.bookmarks(), this::requestFocus);
    Map<Tour.Place, Node> places =
        Map.of(
            Tour.Place.CANVAS, canvas,
            Tour.Place.TIMELINE, timeline,
            Tour.Place.INSPECTOR, inspector);
    getChildren()
        .addAll(layout(form, actions), new TourPane(tour, places), palette, shortcuts, note);
  }

  private Node layout(RunForm form, Actions actions) {
    var centre = new VBox(notice, pictures);
    centre.setAlignment(Pos.CENTER);
    VBox.setVgrow(pictures, Priority.ALWAYS);
    centre.getStyleClass().add("centre");
    var layout = new BorderPane(centre);
    layout.setTop(header(actions));
    layout.setLeft(new RunPanel(form, actions.run()));
    layout.setRight(inspector);
    layout.setBottom(transport);
    return layout;
  }

  /** Shows what the session has to show now. */
  void refresh() {
    boolean shown = session.frameProperty().get().isPresent();
    notice.show(Notice.of(session.progressProperty().get()), !shown);
    pictures.setVisible(shown);
    session.frameProperty().get().ifPresent(this::show);
  }

  /** Whether the pictures of a history are on the screen. */
  boolean shows(History history) {
    return canvas.shown().filter(frame -> frame.history() == history).isPresent()
        && timeline.shown().filter(frame -> frame.history() == history).isPresent();
  }

  private void show(Frame frame) {
    canvas.show(frame);
    timeline.show(frame);
    figures.show(frame);
    inspector.show(frame);
    transport.show(frame);
  }

  /** Opens the palette. */
  void search() {
    palette.open("");
  }

  /** Opens the list of shortcuts. */
  void listShortcuts() {
    shortcuts.open();
  }

  /** Asks for a note on the step that is shown. */
  void takeNote() {
    note.open(session.playhead().stepProperty().get());
  }

  /** How much of the height the canvas takes of that of the timeline and its own. */
  double canvasShare() {
    return pictures.getDividerPositions()[0];
  }

  void setCanvasShare(double share) {
    pictures.setDividerPositions(share);
  }

  private static Node header(Actions actions) {
    var menus = new MenuBar();
    for (Actions.Group group : actions.groups()) {
      var menu = new Menu(group.name());
      group.actions().forEach(action -> menu.getItems().add(Controls.menuItem(action)));
      menus.getMenus().add(menu);
    }
    Menu recent = new Menu("Recent runs");
    Menu file = menus.getMenus().getFirst();
    file.setOnShowing(
        showing ->
            recent
                .getItems()
                .setAll(actions.file().recent().stream().map(Controls::menuItem).toList()));
    file.getItems().add(1, recent);
    Button search = Controls.button(actions.help().palette);
    search.setText("Search actions …   " + actions.help().palette.keys());
    search.getStyleClass().add("search");
    var header =
        new HBox(
            Controls.label("Unmask", "program"),
            menus,
            Controls.spring(),
            search,
            Controls.iconButton(actions.view().theme));
    header.getStyleClass().add("header");
    header.setAlignment(Pos.CENTER_LEFT);
    return header;
  }
}
