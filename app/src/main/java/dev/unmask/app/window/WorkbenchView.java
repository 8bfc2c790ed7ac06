package dev.unmask.app.window;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.export.ExportActions;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.TokensPage;
import dev.unmask.app.tokens.Tour;
import dev.unmask.app.tokens.TourPane;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** The window's content: the pages between the header and the transport that they share. */
final class WorkbenchView extends StackPane {
  private final Session session;
  private final WindowParts parts;
  private final TokensPage tokens;
  private final Map<Page, PageView> pages = new HashMap<>();
  private final BorderPane layout = new BorderPane();
  private final TransportBar transport;
  private final PalettePane palette;
  private final ShortcutsPane shortcuts;
  private final NotePane note;
  private final BannerPane banner;
  private final AnnouncementsPane announcements = new AnnouncementsPane();
  private final ExportActions exporting;

  /** Of what the window has; the first page is open, unless what was opened asks for another. */
  WorkbenchView(WindowParts parts, Tour tour) {
    this.parts = parts;
    session = parts.session();
    Actions actions = parts.actions();
    exporting = actions.export();
    if (session.pageProperty().get() == null) {
      session.pageProperty().set(Pages.ALL.getFirst().page());
    }
    tokens = (TokensPage) view(TokensPage.PAGE);
    transport = new TransportBar(session, actions.play(), parts.painting(), parts.appearance());
    palette = new PalettePane(actions::matching, this::requestFocus);
    shortcuts = new ShortcutsPane(actions, this::requestFocus);
    note = new NotePane(session.bookmarks(), this::requestFocus);
    banner = new BannerPane(session, parts.remedy());
    layout.setTop(new VBox(header(session, actions), banner));
    layout.setBottom(transport);
    session.pageProperty().subscribe(page -> layout.setCenter(view(page).node()));
    getChildren()
        .addAll(
            layout,
            announcements,
            new TourPane(tour, tokens.places(), this::requestFocus),
            palette,
            shortcuts,
            note);
  }

  /** A page is made when it is first opened: all of them would keep the window from being seen. */
  private PageView view(Page page) {
    return pages.computeIfAbsent(page, opened -> Pages.of(opened).view().apply(parts));
  }

  /** Shows what the session has to show now. */
  void refresh() {
    banner.refresh();
    exporting.pulse();
    view(session.pageProperty().get()).refresh();
    session.frameProperty().get().ifPresent(transport::show);
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
  void tell(String sentence, Duration shown) {
    announcements.tell(sentence, shown);
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
    return tokens.canvasShare();
  }

  void setCanvasShare(double share) {
    tokens.setCanvasShare(share);
  }

  private static Node header(Session session, Actions actions) {
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
            new PageTabs(session.pageProperty()),
            Controls.spring(),
            search,
            Controls.iconButton(actions.view().theme));
    header.getStyleClass().add("header");
    header.setAlignment(Pos.CENTER_LEFT);
    return header;
  }

  /** The tabs in the header, one a page. */
  static final class PageTabs extends HBox {
    PageTabs(ObjectProperty<Page> open) {
      getStyleClass().add("pages");
      var group = new ToggleGroup();
      Pages.ALL.forEach(entry -> getChildren().add(tab(entry.page(), group, open)));
    }

    private static ToggleButton tab(Page page, ToggleGroup group, ObjectProperty<Page> open) {
      var tab = new ToggleButton(page.words());
      tab.setToggleGroup(group);
      tab.setId("page-" + page.words().toLowerCase(Locale.ROOT));
      // A click on the open tab would close it, and leave the window without a page.
      tab.setOnAction(
          chosen -> {
            tab.setSelected(true);
            open.set(page);
          });
      tab.setSelected(open.get() == page);
      open.addListener((observed, before, now) -> tab.setSelected(now == page));
      return tab;
    }
  }
}
