package dev.unmask.app.controls;

import javafx.scene.Node;

/** What a page shows. */
public interface PageView {
  /** The node that fills the page. */
  Node node();

  /** What is set up and started here. */
  default PageRun run() {
    return PageRun.none();
  }

  /** Shows what there is to show now; called once a pulse while the page is open. */
  void refresh();
}
