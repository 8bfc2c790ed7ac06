package dev.unmask.app.export;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Playhead;
import dev.unmask.engine.InputException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What the next export is to be, as it is chosen and typed. */
public final class ExportViewModel {
  final ObjectProperty<Exhibit.Kind> kind = new SimpleObjectProperty<>(Exhibit.Kind.TOKENS);
  final ObjectProperty<ExportFormat> format = new SimpleObjectProperty<>(AnimatedGif.FORMAT);
  final ObjectProperty<ExportView> view = new SimpleObjectProperty<>(ExportView.BOTH);
  final ObjectProperty<Colouring> map = new SimpleObjectProperty<>(Colouring.STATE);
  final ObjectProperty<ExportTheme> theme = new SimpleObjectProperty<>(ExportTheme.DARK);
  final ObjectProperty<Easing> easing = new SimpleObjectProperty<>(Easing.NONE);
  final StringProperty size = new SimpleStringProperty("720p");

  /** Whether a format that moves is of the step that is shown alone, too. */
  final BooleanProperty thisStep = new SimpleBooleanProperty();

  final StringProperty from = new SimpleStringProperty("0");
  final StringProperty to = new SimpleStringProperty("");
  final StringProperty pace = new SimpleStringProperty("1");
  final StringProperty fps = new SimpleStringProperty("4");
  final StringProperty hold = new SimpleStringProperty("1");
  final StringProperty title = new SimpleStringProperty("");
  final StringProperty caption = new SimpleStringProperty("");
  final BooleanProperty legend = new SimpleBooleanProperty(true);

  /** What would be exported; empty while there is nothing. */
  final ObjectProperty<Optional<Exhibit>> exhibit = new SimpleObjectProperty<>(Optional.empty());

  /** What is wrong, in a sentence; empty if nothing is. */
  final StringBinding problem = Bindings.createStringBinding(this::check, all());

  /** Whether it can be exported as it is. */
  final BooleanExpression ready =
      Bindings.createBooleanBinding(
          () -> exhibit.get().isPresent() && problem.get().isEmpty(), exhibit, problem);

  private Optional<Playhead.Loop> looped = Optional.empty();

  /** Of a GIF of all steps, in both views. */
  public ExportViewModel() {
    kind.subscribe(
        now -> {
          if (!now.views().contains(view.get())) {
            view.set(Exhibits.usual(now));
          }
        });
  }

  private Observable[] all() {
    return Stream.of(
            kind, format, view, map, theme, easing, size, thisStep, from, to, pace, fps, hold,
            title, caption, legend, exhibit)
        .toArray(Observable[]::new);
  }

  private String check() {
    try {
      ExportSettings settings = settings();
      format.get().check(settings);
      if (exhibit.get().isPresent()) {
        exhibit.get().get().subject(settings);
        Clip.of(settings, exhibit.get().get().recorded());
      }
      return "";
    } catch (InputException e) {
      return e.getMessage();
    }
  }

  /** The settings, if nothing is wrong with them. */
  Optional<ExportSettings> valid() {
    return problem.get().isEmpty() ? Optional.of(settings()) : Optional.empty();
  }

  /** Whether one step is exported: the one that is shown. */
  boolean oneStep() {
    return format.get().still() || thisStep.get();
  }

  /** Why there is no use for an option, as a clause; empty if there is. */
  StringBinding idle(ExportOption option) {
    return Bindings.createStringBinding(() -> why(option), format, thisStep, pace);
  }

  private String why(ExportOption option) {
    double paced;
    try {
      paced = number("", pace.get());
    } catch (InputException _) {
      paced = ExportSettings.DEFAULT.pace();
    }
    return option.idle(format.get(), oneStep(), paced);
  }

  /** What is greyed says nothing, whatever stands there. */
  private ExportSettings settings() {
    ExportSettings usual = ExportSettings.DEFAULT;
    boolean still = oneStep();
    int shown = exhibit.get().map(Exhibit::step).orElse(0);
    String last = to.get().strip();
    return new ExportSettings(
        view.get(),
        map.get(),
        theme.get(),
        PictureSize.parse(size.get().strip()),
        still ? shown : whole("first step", from.get()),
        still
            ? OptionalInt.of(shown)
            : last.isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole("last step", last)),
        still ? usual.pace() : number("number of steps a frame", pace.get()),
        still ? usual.fps() : number("frame rate", fps.get()),
        still ? usual.hold() : number("hold", hold.get()),
        still || !why(ExportOption.EASING).isEmpty() ? usual.easing() : easing.get(),
        title.get().strip(),
        caption.get().strip(),
        legend.get());
  }

  /**
   * Takes what a page shows: the range is that of a loop, where another was drawn since.
   *
   * @param shown what the page shows
   * @param loop of the page's transport
   */
  void follow(Page page, Exhibit.Kind shown, Optional<Playhead.Loop> loop) {
    kind.set(shown);
    view.set(Exhibits.view(page, shown, view.get()));
    if (!loop.equals(looped)) {
      looped = loop;
      from.set(loop.map(range -> Integer.toString(range.from())).orElse("0"));
      to.set(loop.map(range -> Integer.toString(range.to())).orElse(""));
      thisStep.set(thisStep.get() && loop.isEmpty());
    }
  }

  /** Takes over the settings of an earlier export; the format stays. */
  void fill(ExportSettings settings) {
    view.set(
        kind.get().views().contains(settings.view())
            ? settings.view()
            : Exhibits.usual(kind.get()));
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
