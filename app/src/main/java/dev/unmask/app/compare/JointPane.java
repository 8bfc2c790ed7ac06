package dev.unmask.app.compare;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.session.Session;
import java.util.concurrent.Executor;
import javafx.scene.AccessibleRole;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;

/** The lives of two runs on one axis; a press goes to a step and selects a position. */
final class JointPane extends StackPane {
  private final Session session;
  private final PaintedPane<JointView> picture;
  private JointView shown;
  private int firstRow;
  private int selection = -1;

  JointPane(Session session, Executor painting, Appearance appearance) {
    this.session = session;
    picture = new PaintedPane<>(new JointPainter(), painting, appearance);
    picture.setPrefSize(100, 100);
    getChildren().add(picture);
    setMinSize(0, 0);
    setId("joint-timeline");
    setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    setOnMousePressed(this::press);
    setOnMouseDragged(this::seek);
    setOnScroll(this::scroll);
  }

  /** Shows two of the compared runs at the playhead. */
  void show(ComparedRuns compared, int beside, int step) {
    int selected = session.selectionProperty().get();
    JointView sized =
        picture.sized(new JointView(compared, beside, step, selected, firstRow, 1, 1));
    if (selected != selection) {
      selection = selected;
      firstRow = sized.firstShowing(selected);
    }
    JointView now = new JointView(compared, beside, step, selected, firstRow, 1, 1);
    boolean other = shown == null || shown.compared() != compared || shown.other() != beside;
    shown = picture.sized(now);
    picture.show(now);
    if (other) {
      setAccessibleText(JointPainter.words(shown));
    }
  }

  private void press(MouseEvent pressed) {
    if (shown != null) {
      int position = shown.positionAt(pressed.getY() / picture.zoom());
      if (position >= 0) {
        session.selectionProperty().set(position);
      }
      seek(pressed);
    }
  }

  /** Names are pressed to select them alone. */
  private void seek(MouseEvent event) {
    double x = event.getX() / picture.zoom();
    if (shown != null && x >= shown.left() - 4) {
      session.playhead().seek(shown.stepAt(x));
    }
  }

  /** Where all rows are in view, it is the page that scrolls. */
  private void scroll(ScrollEvent event) {
    boolean more = shown != null && shown.rows() < shown.lives().pair().length();
    if (more && event.getDeltaY() != 0) {
      int rows = Math.max(1, shown.rows() / 10);
      firstRow = shown.first() - (int) Math.signum(event.getDeltaY()) * rows;
      firstRow = Math.clamp(firstRow, 0, Math.max(0, shown.lives().pair().length() - 1));
      event.consume();
    }
  }
}
