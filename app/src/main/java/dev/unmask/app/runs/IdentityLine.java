package dev.unmask.app.runs;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.RunTree;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.TreeItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.controlsfx.control.BreadCrumbBar;

/** Names the run that is shown, after those that it came from; each of them can be gone back to. */
public final class IdentityLine extends HBox {
  private final RunList runs;
  private final BreadCrumbBar<RunTree.Node> line = new BreadCrumbBar<>();
  private List<RunTree.Node> named = List.of();

  /**
   * Of the shown run.
   *
   * @param parent shows the run that it branched from
   * @param compare compares it with that
   */
  public IdentityLine(RunList runs, Action parent, Action compare) {
    super(10);
    this.runs = runs;
    setId("identity");
    getStyleClass().add("identity");
    setAlignment(Pos.CENTER_LEFT);
    line.setAutoNavigationEnabled(false);
    line.setMinWidth(0);
    line.setAccessibleText("The run that is shown, after those that it came from");
    HBox.setHgrow(line, Priority.ALWAYS);
    line.setCrumbFactory(this::crumb);
    line.setOnCrumbAction(
        chosen -> {
          if (!runs.shown(chosen.getSelectedCrumb().getValue())) {
            runs.open(chosen.getSelectedCrumb().getValue());
          }
        });
    getChildren().add(line);
    getChildren().addAll(button("Parent", parent), button("Compare", compare));
  }

  private static Button button(String words, Action action) {
    Button button = Controls.button(action);
    button.setText(words);
    button.getStyleClass().add("small");
    button.setMinWidth(USE_PREF_SIZE);
    button.visibleProperty().bind(button.disabledProperty().not());
    button.managedProperty().bind(button.visibleProperty());
    return button;
  }

  private Button crumb(TreeItem<RunTree.Node> item) {
    var crumb = new BreadCrumbBar.BreadCrumbButton(runs.name(item.getValue()));
    crumb.setAccessibleText("Show " + crumb.getText());
    return crumb;
  }

  /** Names what is shown now. */
  public void refresh() {
    List<RunTree.Node> now = runs.line();
    if (now.equals(named)) {
      return;
    }
    named = now;
    TreeItem<RunTree.Node> last = null;
    for (RunTree.Node node : now) {
      var next = new TreeItem<>(node);
      if (last != null) {
        last.getChildren().add(next);
      }
      last = next;
    }
    line.setSelectedCrumb(last);
  }
}
