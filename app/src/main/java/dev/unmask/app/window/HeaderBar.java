package dev.unmask.app.window;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The menus, the tabs of the pages and the search, of which less is shown where there is no room.
 */
final class HeaderBar extends HBox {
  /** The usual size of type, in pixels. */
  private static final double EM = 13;

  /** How wide the header is at least for the words in the search button, in ems. */
  private static final double SEARCH = 108;

  /** For words on the tabs. */
  private static final double TABS = 92;

  /** For the program's name. */
  private static final double PROGRAM = 62;

  HeaderBar(Session session, Actions actions, Appearance appearance) {
    var menus = new MenuBar();
    for (Actions.Group group : actions.groups()) {
      var menu = new Menu(group.name());
      for (List<Action> section : group.sections()) {
        if (!menu.getItems().isEmpty()) {
          menu.getItems().add(new SeparatorMenuItem());
        }
        section.forEach(action -> menu.getItems().add(Controls.menuItem(action)));
      }
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
    search.getStyleClass().add("search");
    Label program = Controls.label("Unmask", "program");
    var tabs = new PageTabs(session.pageProperty());
    getChildren()
        .addAll(
            program,
            menus,
            tabs,
            Controls.spring(),
            search,
            Controls.iconButton(actions.view().theme));
    getStyleClass().add("header");
    setAlignment(Pos.CENTER_LEFT);
    setMinWidth(0);
    menus.setMinWidth(USE_PREF_SIZE);
    // What gives way where the window is narrow or type is large, the least needed first.
    appearance
        .textSizeProperty()
        .multiply(EM)
        .flatMap(em -> widthProperty().map(width -> width.doubleValue() / em.doubleValue()))
        .subscribe(
            ems -> {
              search.setText(
                  ems < SEARCH ? "" : "Search actions …   " + actions.help().palette.keys());
              tabs.fold(ems < TABS);
              program.setVisible(ems >= PROGRAM);
              program.setManaged(ems >= PROGRAM);
            });
  }

  /** The tabs in the header, one a page. */
  static final class PageTabs extends HBox {
    PageTabs(ObjectProperty<Page> open) {
      getStyleClass().add("pages");
      var group = new ToggleGroup();
      Pages.ALL.forEach(entry -> getChildren().add(tab(entry.page(), group, open)));
    }

    /** Shows the pages' icons in place of their words. */
    void fold(boolean narrow) {
      for (Node node : getChildren()) {
        var tab = (ToggleButton) node;
        var page = (Page) tab.getUserData();
        tab.setText(narrow ? "" : page.words());
        tab.setGraphic(narrow ? new FontIcon(page.icon()) : null);
        tab.setTooltip(narrow ? new Tooltip(page.words()) : null);
      }
    }

    private static ToggleButton tab(Page page, ToggleGroup group, ObjectProperty<Page> open) {
      var tab = new ToggleButton(page.words());
      tab.setToggleGroup(group);
      tab.setId("page-" + page.words().toLowerCase(Locale.ROOT));
      tab.setAccessibleText("Page " + page.words());
      tab.setUserData(page);
      tab.setSelected(open.get() == page);
      open.addListener((observed, before, now) -> tab.setSelected(now == page));
      // However it was marked, by a click, a key or a reader of the screen.
      tab.selectedProperty()
          .addListener(
              (observed, before, now) -> {
                if (now) {
                  open.set(page);
                } else if (open.get() == page) {
                  // The mark of the open page stays; a group has one or none.
                  tab.setSelected(group.getSelectedToggle() == null);
                }
              });
      return tab;
    }
  }
}
