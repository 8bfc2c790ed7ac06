package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Debugger;
import dev.unmask.engine.trace.Breach;
import java.util.List;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** What steps of the run broke of what its sampler declares; a click goes there. */
final class BreachesPane extends VBox {
  private static final int MOST = 50;

  private final Debugger debugger;
  private final Label unchecked = Controls.label("", "hint");
  private List<Breach> listed = List.of();

  BreachesPane(Debugger debugger) {
    super(2);
    this.debugger = debugger;
    setId("breaches");
    unchecked.setId("unchecked");
    unchecked.setWrapText(true);
    unchecked.managedProperty().bind(unchecked.textProperty().isNotEmpty());
    getChildren().add(unchecked);
  }

  /** Lists what there is by now. */
  void refresh() {
    List<Breach> now = debugger.breaches();
    if (!now.equals(listed)) {
      listed = now;
      getChildren().setAll(now.stream().limit(MOST).map(this::link).toList());
      getChildren().addFirst(unchecked);
    }
    unchecked.setText(debugger.unchecked());
  }

  /** Whether there are any, or it is not known. */
  boolean any() {
    return !listed.isEmpty() || !unchecked.getText().isEmpty();
  }

  private Hyperlink link(Breach breach) {
    var link = new Hyperlink("Step %d: %s".formatted(breach.step(), breach.sentence()));
    link.setWrapText(true);
    link.setOnAction(pressed -> debugger.show(breach));
    return link;
  }
}
