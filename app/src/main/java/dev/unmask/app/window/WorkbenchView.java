package dev.unmask.app.window;

import dev.unmask.app.compare.ComparePage;
import dev.unmask.app.controls.ColumnEdge;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.export.ExportCard;
import dev.unmask.app.export.ExportPage;
import dev.unmask.app.picture.History;
import dev.unmask.app.runs.RunsPane;
import dev.unmask.app.session.Announcements.Announcement;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.RunBounds;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.DebugPanel;
import dev.unmask.app.tokens.TokensPage;
import dev.unmask.app.tokens.Tour;
import dev.unmask.app.tokens.TourPane;
import dev.unmask.app.window.SideColumns.Panel;
import dev.unmask.engine.trace.TraceHeader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.MenuBar;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import javafx.util.Duration;

/** The window's content: the pages between the header and the transport that they share. */
final class WorkbenchView extends StackPane {
  /** The share of the window that the left column takes at most. */
  private static final double SIDE = 0.34;

  private final Session session;
  private final WindowParts parts;
  private final TokensPage tokens;
  private final Map<Page, PageView> pages = new HashMap<>();
  private final StackPane opened = new StackPane();
  private final TransportBar transport;
  private final PalettePane palette;
  private final ShortcutsPane shortcuts;
  private final NotePane note;
  private final DocumentPane document;
  private final PresenterPane presenter;
  private final BannerPane banner;
  private final RunsPane runs;
  private final DebugPanel debug;
  private final Tour tour;
  private final AnnouncementsPane announcements;
  private final ExportActions exporting;
  private final ExportCard underWay;

  /**
   * Of what the window has; the first page is open, unless what was opened asks for another.
   *
   * @param running what the open page starts, which is told here
   */
  WorkbenchView(WindowParts parts, Tour tour, ObjectProperty<PageRun> running) {
    this.parts = parts;
    this.tour = tour;
    session = parts.session();
    Actions actions = parts.actions();
    exporting = actions.export();
    underWay = new ExportCard(exporting);
    announcements = new AnnouncementsPane(underWay, session.announcements()::say);
    if (session.pageProperty().get() == null) {
      session.pageProperty().set(Pages.ALL.getFirst().page());
    }
    tokens = (TokensPage) view(TokensPage.PAGE);
    transport = new TransportBar(session, actions.play(), parts.painting(), parts.appearance());
    palette =
        new PalettePane(
            new PaletteSearch(actions, session, parts.form(), parts.debugging().runs())::matching,
            this::requestFocus);
    shortcuts = new ShortcutsPane(actions, this::requestFocus);
    note = new NotePane(session.bookmarks(), this::requestFocus);
    document = new DocumentPane(this::requestFocus);
    presenter = new PresenterPane(session, parts.painting(), parts.appearance());
    banner = new BannerPane(session, parts.remedy());
    var bounds = new RunBounds(session, parts.form().models());
    runs = new RunsPane(parts.debugging().runs(), bounds, this::compare, this::fill);
    debug = new DebugPanel(session, parts.debugging().draft(), actions.debug().branch);
    session
        .pageProperty()
        .subscribe(
            page -> {
              opened.getChildren().setAll(view(page).node());
              if (page == ExportPage.PAGE) {
                parts.columns().open(Panel.RUN);
              }
            });
    session
        .pageProperty()
        .flatMap(page -> view(page).face().map(face -> List.of(page, face)))
        .subscribe(_ -> lead(session.pageProperty().get(), running));
    opened.setMinWidth(0);
    var layout = new BorderPane(opened);
    layout.setMinWidth(0);
    layout.setTop(new VBox(new HeaderBar(session, actions, parts.appearance()), banner));
    layout.setLeft(left(running));
    layout.setBottom(transport);
    getChildren()
        .addAll(
            layout,
            presenter,
            announcements,
            new TourPane(tour, tokens.places(), this::requestFocus),
            palette,
            shortcuts,
            note,
            document);
    addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    addEventFilter(MouseEvent.MOUSE_PRESSED, this::leaveFields);
  }

  private void lead(Page page, ObjectProperty<PageRun> running) {
    if (page != null) {
      running.set(view(page).run());
      session.lead(view(page).transport().orElse(session.steps()));
    }
  }

  private Node left(ObjectProperty<PageRun> running) {
    SideColumns columns = parts.columns();
    Map<Panel, Node> panels =
        Map.of(
            Panel.RUNS,
            runs,
            Panel.DEBUG,
            debug,
            Panel.BOOKMARKS,
            new BookmarksPane(session, note::open));
    var column =
        new LeftColumnPane(
            columns, panels, running, parts.actions().run(), parts.appearance().textSizeProperty());
    // Half of a narrow window stays for what the columns are about.
    column.maxWidthProperty().bind(widthProperty().multiply(SIDE));
    var edge = new ColumnEdge(columns.widthProperty(), 1);
    for (Node foldable : List.of(column, edge)) {
      foldable.visibleProperty().bind(columns.foldedProperty().not());
      foldable.managedProperty().bind(foldable.visibleProperty());
    }
    return new HBox(LeftColumnPane.icons(columns, parts.actions().view().panels), column, edge);
  }

  private void compare(Path file) {
    parts.debugging().compared().add(file);
    session.pageProperty().set(ComparePage.PAGE);
  }

  private void fill(RunRequest asked) {
    parts.form().fill(asked);
    session.pageProperty().set(TokensPage.PAGE);
    parts.columns().open(Panel.RUN);
  }

  /**
   * What holds for keys wherever the focus is. Esc closes what is on top before it can cancel a
   * run; the arrows always step, but for text that is typed; and while a list hangs open, a letter
   * is meant for it and for nothing else.
   */
  private void press(KeyEvent pressed) {
    KeyCode code = pressed.getCode();
    if (pressed.isShortcutDown() || pressed.isAltDown()) {
      return;
    }
    if (code == KeyCode.ESCAPE) {
      closeOnTop().ifPresentOrElse(close -> run(close, pressed), () -> pressOnPage(code, pressed));
    } else if (presenter.isOpen() && presenter.press(code)) {
      pressed.consume();
    } else if (hangsOpen()) {
      if (code.isLetterKey() || code.isDigitKey()) {
        pressed.consume();
      }
    } else if (code == KeyCode.ENTER && overlays().stream().noneMatch(Overlay::isOpen)) {
      pressOnPage(code, pressed);
    } else if (!isTyped() && !pressed.isShiftDown()) {
      PlayActions play = parts.actions().play();
      switch (code) {
        case LEFT -> run(play.back::attempt, pressed);
        case RIGHT -> run(play.forward::attempt, pressed);
        default -> {
          // Everything else goes its way.
        }
      }
    }
  }

  private void pressOnPage(KeyCode code, KeyEvent pressed) {
    if (!hangsOpen() && view(session.pageProperty().get()).press(code)) {
      pressed.consume();
      // Where another page was opened, what had the focus may be gone, and a field have it now.
      requestFocus();
    }
  }

  private static void run(Runnable what, KeyEvent pressed) {
    what.run();
    pressed.consume();
  }

  /** What Esc closes; empty if nothing lies over the window. */
  private Optional<Runnable> closeOnTop() {
    if (hangsOpen()) {
      return Optional.empty();
    }
    for (Overlay overlay : overlays()) {
      if (overlay.isOpen()) {
        return Optional.of(overlay::close);
      }
    }
    if (tour.stopProperty().get().isPresent()) {
      return Optional.of(tour::close);
    }
    if (presenter.isOpen()) {
      return Optional.of(presenter::close);
    }
    return session.problemProperty().get().map(problem -> session::dismiss);
  }

  private List<Overlay> overlays() {
    return List.of(palette, shortcuts, note, document);
  }

  /** Whether a drop-down, a menu or something like it is open. */
  private static boolean hangsOpen() {
    return Window.getWindows().stream()
        .anyMatch(window -> window instanceof PopupWindow && !(window instanceof Tooltip));
  }

  private boolean isTyped() {
    Node owner = getScene().getFocusOwner();
    return owner instanceof TextInputControl
        || owner instanceof ComboBox<?> choice && choice.isEditable()
        || owner instanceof MenuBar
        || overlays().stream().anyMatch(Overlay::isOpen);
  }

  /** A click beside a text field leaves it, so that the next letter is a key again. */
  private void leaveFields(MouseEvent pressed) {
    if (getScene().getFocusOwner() instanceof TextInputControl field
        && pressed.getTarget() instanceof Node target
        && !inside(field, target)) {
      requestFocus();
    }
  }

  private static boolean inside(Node field, Node target) {
    for (Node node = target; node != null; node = node.getParent()) {
      if (node == field || node instanceof Control && node.isFocusTraversable()) {
        return true;
      }
    }
    return false;
  }

  /** A page is made when it is first opened: all of them would keep the window from being seen. */
  private PageView view(Page page) {
    return pages.computeIfAbsent(page, made -> Pages.of(made).view().apply(parts));
  }

  /** Shows what the session has to show now. */
  void refresh() {
    banner.refresh();
    exporting.pulse();
    underWay.refresh();
    runs.refresh();
    debug.refresh();
    view(session.pageProperty().get()).refresh();
    transport.refresh();
    presenter.refresh();
  }

  /** Whether the pictures of a history are on the screen. */
  boolean shows(History history) {
    return tokens.shows(history);
  }

  /** The step whose picture is on the screen; 0 where there is none. */
  int stepShown() {
    return tokens.stepShown();
  }

  /** Tells what was done on the side, for so long. */
  void tell(Announcement said, Duration shown) {
    announcements.tell(said, shown);
  }

  /** Opens the palette. */
  void search() {
    palette.open("");
  }

  /** Opens the list of shortcuts. */
  void listShortcuts() {
    shortcuts.open();
  }

  /** Gives the run the whole screen. */
  void present() {
    session.pageProperty().set(TokensPage.PAGE);
    presenter.open();
  }

  /** Whether the run has the whole screen. */
  BooleanProperty presentingProperty() {
    return presenter.presentingProperty();
  }

  /** Opens the manual. */
  void readManual() {
    document.open("MANUAL", "README.md");
  }

  /** Tells which version this is, and what it is made of. */
  void tellAbout() {
    document.open("UNMASK " + TraceHeader.VERSION, "NOTICE.md");
  }

  /** Asks for a note on the step that is shown. */
  void takeNote() {
    note.open(session.playhead().stepProperty().get());
  }

  /** How much of the height the canvas takes of that of the timeline and its own. */
  double canvasShare() {
    return tokens.canvasShare();
  }

  void setCanvasShare(double share) {
    tokens.setCanvasShare(share);
  }
}
