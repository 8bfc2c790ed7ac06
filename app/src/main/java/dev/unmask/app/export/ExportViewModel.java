package dev.unmask.app.export;

import dev.unmask.app.picture.Colouring;
import dev.unmask.engine.InputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the next export is to be, as it is chosen and typed. */
public final class ExportViewModel {
  final ObjectProperty<ExportFormat> format = new SimpleObjectProperty<>(AnimatedGif.FORMAT);
  final ObjectProperty<ExportView> view = new SimpleObjectProperty<>(ExportView.BOTH);
  final ObjectProperty<Colouring> map = new SimpleObjectProperty<>(Colouring.STATE);
  final ObjectProperty<ExportTheme> theme = new SimpleObjectProperty<>(ExportTheme.DARK);
  final ObjectProperty<Easing> easing = new SimpleObjectProperty<>(Easing.NONE);
  final StringProperty size = new SimpleStringProperty("720p");
  final StringProperty from = new SimpleStringProperty("0");
  final StringProperty to = new SimpleStringProperty("");
  final StringProperty pace = new SimpleStringProperty("1");
  final StringProperty fps = new SimpleStringProperty("4");
  final StringProperty hold = new SimpleStringProperty("1");
  final StringProperty title = new SimpleStringProperty("");
  final StringProperty caption = new SimpleStringProperty("");
  final BooleanProperty legend = new SimpleBooleanProperty(true);

  /** What is wrong, in a sentence; empty if nothing is. */
  final StringBinding problem = Bindings.createStringBinding(this::check, all());

  private Observable[] all() {
    return Stream.of(
            format, view, map, theme, easing, size, from, to, pace, fps, hold, title, caption,
            legend)
        .toArray(Observable[]::new);
  }

  private String check() {
    try {
      format.get().check(settings());
      return "";
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  /** The settings, if nothing is wrong with them. */
  Optional<ExportSettings> valid() {
    return problem.get().isEmpty() ? Optional.of(settings()) : Optional.empty();
  }

  private ExportSettings settings() {
    String last = to.get().strip();
    return new ExportSettings(
        view.get(),
        map.get(),
        theme.get(),
        PictureSize.parse(size.get().strip()),
        whole("first step", from.get()),
        last.isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole("last step", last)),
        number("number of steps a frame", pace.get()),
        number("frame rate", fps.get()),
        number("hold", hold.get()),
        easing.get(),
        title.get().strip(),
        caption.get().strip(),
        legend.get());
  }

  /** Takes over the settings of an earlier export; the format stays. */
  void fill(ExportSettings settings) {
    view.set(settings.view() == ExportView.STRIP ? ExportView.BOTH : settings.view());
    map.set(settings.map());
    theme.set(settings.theme());
    easing.set(settings.easing());
    size.set(settings.size().toString());
    from.set(Integer.toString(settings.from()));
    to.set(settings.to().isPresent() ? Integer.toString(settings.to().getAsInt()) : "");
    pace.set(Double.toString(settings.pace()));
    fps.set(Double.toString(settings.fps()));
    hold.set(Double.toString(settings.hold()));
    title.set(settings.title());
    caption.set(settings.caption());
    legend.set(settings.legend());
  }

  private static int whole(String name, String text) {
    double number = number(name, text);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw new InputException("The %s is '%s'; type a whole number.".formatted(name, text));
    }
    return (int) number;
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new InputException("The %s is '%s'; type a number.".formatted(name, text), e);
    }
  }
}
