package dev.unmask.app.playground;

import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.Segments;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** What is shown of the plane, where everything is known: one process, or many models. */
public final class PlaygroundPage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Playground", CarbonIcons.SCATTER_MATRIX);

  private final PageView particles;
  private final PageView families;
  private final ObjectProperty<Tab> tab;

  /** What can be shown. */
  public enum Tab {
    /** Particles between data and noise. */
    PARTICLES("Show particles between data and noise"),
    /** Families of models that learn the same points. */
    FAMILIES("Show families of generative models that learn the same points");

    private final String meaning;

    Tab(String meaning) {
      this.meaning = meaning;
    }

    private String words() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Of both.
   *
   * @param tab which is shown
   */
  public PlaygroundPage(PageView particles, PageView families, ObjectProperty<Tab> tab) {
    this.particles = particles;
    this.families = families;
    this.tab = tab;
    getStyleClass().add("centre");
    var choice = Segments.of(List.of(Tab.values()), Tab::words, each -> each.meaning, tab);
    choice.setId("playground-tabs");
    setTop(choice);
    tab.subscribe(_ -> setCenter(shown().node()));
  }

  private PageView shown() {
    return switch (tab.get()) {
      case PARTICLES -> particles;
      case FAMILIES -> families;
    };
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public ObservableValue<?> face() {
    return tab;
  }

  @Override
  public PageRun run() {
    return shown().run();
  }

  @Override
  public Optional<Transport> transport() {
    return shown().transport();
  }

  @Override
  public boolean press(KeyCode key) {
    return shown().press(key);
  }

  @Override
  public void refresh() {
    shown().refresh();
  }
}
