package dev.unmask.app.window;

import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.input.KeyCode;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/**
 * What the column at the window's left shows, whether it is folded away, and how wide columns are.
 */
final class SideColumns {
  private final ObjectProperty<Panel> panel;
  private final BooleanProperty folded;
  private final DoubleProperty width;
  private final DoubleProperty inspector;

  /** As it was left. */
  SideColumns(WindowState.Columns kept) {
    panel = new SimpleObjectProperty<>(kept.panel());
    folded = new SimpleBooleanProperty(kept.folded());
    width = new SimpleDoubleProperty(kept.width());
    inspector = new SimpleDoubleProperty(kept.inspector());
  }

  /** One of what it can show, in the order of their icons. */
  enum Panel {
    /** The form of the page. */
    RUN("Run", CarbonIcons.SETTINGS_ADJUST, KeyCode.F),
    /** The runs to go back to. */
    RUNS("Runs", CarbonIcons.BRANCH, KeyCode.H),
    /** Breakpoints, breaches and what a branch is to change. */
    DEBUG("Debug", CarbonIcons.DEBUG, KeyCode.G),
    /** The marked steps. */
    BOOKMARKS("Bookmarks", CarbonIcons.BOOKMARK, KeyCode.B);

    private final String words;
    private final Ikon icon;
    private final KeyCode key;

    Panel(String words, Ikon icon, KeyCode key) {
      this.words = words;
      this.icon = icon;
      this.key = key;
    }

    String words() {
      return words;
    }

    Ikon icon() {
      return icon;
    }

    /** Opens it, with Ctrl and Shift. */
    KeyCode key() {
      return key;
    }

    String id() {
      return "panel-" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Shows a panel; folds the column away if that is what it shows. */
  void toggle(Panel wanted) {
    boolean same = panel.get() == wanted && !folded.get();
    panel.set(wanted);
    folded.set(same);
  }

  /** Shows a panel. */
  void open(Panel wanted) {
    panel.set(wanted);
    folded.set(false);
  }

  /** How it is now. */
  WindowState.Columns kept() {
    return new WindowState.Columns(panel.get(), folded.get(), width.get(), inspector.get());
  }

  ObjectProperty<Panel> panelProperty() {
    return panel;
  }

  BooleanProperty foldedProperty() {
    return folded;
  }

  /** In pixels, without the icons. */
  DoubleProperty widthProperty() {
    return width;
  }

  /** Of the column at the right, in pixels. */
  DoubleProperty inspectorProperty() {
    return inspector;
  }
}
