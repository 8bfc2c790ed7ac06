package dev.unmask.app.controls;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/** The controls that the panes are put together from. */
public final class Controls {
  private Controls() {}

  /** A button with the action's icon. */
  public static Button iconButton(Action action) {
    var button = button(action);
    button.setText("");
    button.getStyleClass().add("icon-button");
    return button;
  }

  /** A button with the action's icon and name. */
  public static Button button(Action action) {
    var button = new Button(action.name(), new FontIcon(action.icon()));
    button.setAccessibleText(action.name());
    button.setTooltip(new Tooltip(action.explanation()));
    button.disableProperty().bind(Bindings.not(action.enabled()));
    button.setOnAction(pressed -> action.run().run());
    return button;
  }

  /** A menu's item. */
  public static MenuItem menuItem(Action action) {
    MenuItem item = action.on().map(on -> ticked(action.name(), on)).orElseGet(() -> plain(action));
    if (!action.keys().isEmpty()) {
      item.setAccelerator(action.shortcut());
    }
    item.disableProperty().bind(Bindings.not(action.enabled()));
    item.setOnAction(chosen -> action.run().run());
    return item;
  }

  private static MenuItem plain(Action action) {
    return new MenuItem(action.name(), new FontIcon(action.icon()));
  }

  private static MenuItem ticked(String name, ObservableBooleanValue on) {
    var item = new CheckMenuItem(name);
    // The menu ticks it when it is chosen; what is ticked is what is so.
    Runnable tick = () -> item.setSelected(on.get());
    on.subscribe(tick);
    item.selectedProperty().subscribe(tick);
    tick.run();
    return item;
  }

  /** Lets a node show a menu where it is asked for one. */
  public static void menu(Node node, List<Action> actions) {
    var menu = new ContextMenu();
    actions.forEach(action -> menu.getItems().add(menuItem(action)));
    node.setOnContextMenuRequested(
        asked -> {
          menu.show(node, asked.getScreenX(), asked.getScreenY());
          asked.consume();
        });
    node.addEventHandler(MouseEvent.MOUSE_PRESSED, pressed -> menu.hide());
  }

  /** The heading of a part of a pane. */
  public static Label heading(String words) {
    return label(words, "heading");
  }

  /** A heading with what belongs to it at its right, or below it where there is no room. */
  public static FlowPane head(String words, Node... beside) {
    var head = new FlowPane(8, 4, heading(words));
    head.getChildren().addAll(beside);
    head.setAlignment(Pos.CENTER_LEFT);
    head.setMinWidth(0);
    return head;
  }

  /** A text of a style class, which tells what its terms mean. */
  public static Label label(String words, String styleClass) {
    var label = new Label(words);
    label.textProperty().subscribe(text -> explain(label, text));
    label.getStyleClass().add(styleClass);
    return label;
  }

  /** Unless it tells something else. */
  private static void explain(Label label, String text) {
    Tooltip now = label.getTooltip();
    if (now == null || now instanceof Meaning) {
      Optional<String> meaning = text == null ? Optional.empty() : Glossary.explain(text);
      label.setTooltip(meaning.map(Meaning::new).orElse(null));
    }
  }

  /** A tooltip of sentences. */
  static final class Meaning extends Tooltip {
    private static final double WIDEST = 380;

    Meaning(String sentences) {
      super(sentences);
      setWrapText(true);
      setMaxWidth(WIDEST);
      setShowDelay(Duration.millis(400));
      setShowDuration(Duration.INDEFINITE);
    }
  }

  /** A choice between values, by their words. */
  public static <T> ComboBox<T> choice(
      List<T> values, Function<T, String> words, Property<T> chosen) {
    var choice = new ComboBox<T>();
    choice.getItems().setAll(values);
    choice.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(T value) {
            return value == null ? "" : words.apply(value);
          }

          @Override
          public T fromString(String text) {
            return choice.getValue();
          }
        });
    choice.valueProperty().bindBidirectional(chosen);
    return choice;
  }

  /** Lets a button show that something plays, or would. */
  public static void showPlaying(Button play, ObservableValue<Boolean> playing) {
    play.graphicProperty()
        .bind(
            playing.map(
                now -> new FontIcon(now ? CarbonIcons.PAUSE_FILLED : CarbonIcons.PLAY_FILLED_ALT)));
  }

  /** A control with its name before it. */
  public static HBox row(String words, Node control) {
    Label name = label(words, "name");
    name.setWrapText(true);
    name.setMinHeight(Region.USE_PREF_SIZE);
    name.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(name, Priority.ALWAYS);
    var row = new HBox(name, control);
    row.setAlignment(Pos.CENTER_LEFT);
    row.getStyleClass().add("row");
    return row;
  }

  /** A region that takes the room that is left in a row. */
  public static Node spring() {
    var spring = new Region();
    HBox.setHgrow(spring, Priority.ALWAYS);
    return spring;
  }
}
