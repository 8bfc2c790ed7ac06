package dev.unmask.app.window;

import dev.unmask.app.session.Page;
import java.util.Arrays;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

/** The tabs in the header, one a page. */
final class PageTabs extends HBox {
  PageTabs(ObjectProperty<Page> open) {
    getStyleClass().add("pages");
    var group = new ToggleGroup();
    Arrays.stream(Page.values()).map(page -> tab(page, group, open)).forEach(getChildren()::add);
    setVisible(Page.values().length > 1);
  }

  private static ToggleButton tab(Page page, ToggleGroup group, ObjectProperty<Page> open) {
    var tab = new ToggleButton(page.words());
    tab.setToggleGroup(group);
    tab.setId("page-" + page.name().toLowerCase(Locale.ROOT));
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
