package dev.unmask.app.tokens;

import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.EditWords;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SearchableComboBox;

/**
 * Chooses the sampler: by family, each with its year and a line on what it does, searched by any of
 * these words. One that does not suit the model cannot be chosen, and says why.
 */
final class SamplerChooser extends SearchableComboBox<SamplerKind> {
  private static final double WIDTH = 420;

  SamplerChooser(RunViewModel form) {
    setId("sampler");
    setAccessibleText("Sampler");
    setItems(form.samplers());
    setConverter(
        new StringConverter<>() {
          @Override
          public String toString(SamplerKind kind) {
            return kind == null ? "" : searched(kind);
          }

          @Override
          public SamplerKind fromString(String words) {
            return getValue();
          }
        });
    setCellFactory(list -> new Cell(form, list));
    // What does not suit depends on the model, which may be another by then.
    setOnShowing(showing -> setCellFactory(list -> new Cell(form, list)));
    setButtonCell(
        new ListCell<>() {
          @Override
          protected void updateItem(SamplerKind kind, boolean empty) {
            super.updateItem(kind, empty);
            setText(empty || kind == null ? "" : EditWords.sampler(kind.name()));
          }
        });
    form.samplerProperty().subscribe(this::setValue);
    // While its list is searched it has no value.
    valueProperty()
        .addListener(
            (seen, before, now) -> {
              if (now != null) {
                form.samplerProperty().set(now);
              }
            });
    var tooltip = new Tooltip();
    tooltip.textProperty().bind(valueProperty().map(kind -> kind.title() + ": " + kind.summary()));
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(WIDTH);
    setTooltip(tooltip);
  }

  private static String searched(SamplerKind kind) {
    return Stream.of(kind.name(), kind.title(), year(kind), family(kind), kind.summary())
        .collect(Collectors.joining(" "));
  }

  private static String year(SamplerKind kind) {
    return kind.year().isPresent() ? Integer.toString(kind.year().getAsInt()) : "";
  }

  private static String family(SamplerKind kind) {
    return Samplers.family(kind).map(Samplers.Family::words).orElse("Your own");
  }

  /** A sampler; the first of a family stands below the family's words. */
  private static final class Cell extends ListCell<SamplerKind> {
    private final RunViewModel form;
    private final ListView<SamplerKind> list;

    Cell(RunViewModel form, ListView<SamplerKind> list) {
      this.form = form;
      this.list = list;
      setPrefWidth(WIDTH);
    }

    @Override
    protected void updateItem(SamplerKind kind, boolean empty) {
      super.updateItem(kind, empty);
      if (empty || kind == null) {
        setGraphic(null);
        return;
      }
      Optional<String> misfit = form.misfit(kind);
      setDisable(misfit.isPresent());
      Label line =
          Controls.label(misfit.map("Not here: it "::concat).orElse(kind.summary()), "hint");
      var head =
          new HBox(
              8,
              Controls.label(EditWords.sampler(kind.name()), "figure"),
              Controls.label(kind.title(), "name"),
              Controls.spring(),
              Controls.label(year(kind), "name"));
      var rows = new VBox(1, head, line);
      line.setMaxWidth(WIDTH - 2);
      first(kind).ifPresent(words -> rows.getChildren().addFirst(words));
      setGraphic(rows);
    }

    private Optional<Node> first(SamplerKind kind) {
      int index = getIndex();
      String words = family(kind);
      boolean same = index > 0 && family(list.getItems().get(index - 1)).equals(words);
      return same ? Optional.empty() : Optional.of(Controls.heading(words));
    }
  }
}
