package dev.unmask.app.compare;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.controls.Segments;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.session.RunRequest;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import dev.unmask.app.tokens.inspector.Narration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Runs that are played against each other, with a canvas each and their bars below. */
final class RacePane extends VBox {
  /** How high canvases are at least, before the page scrolls. */
  private static final double LEAST_CANVASES = 130;

  private final RaceViewModel viewModel;
  private final Executor painting;
  private final Appearance appearance;
  private final Button these = new Button("Race these runs");
  private final Button ways = new Button("Race the three ways");
  private final Button cancel = new Button("Cancel");
  private final Button back = new Button("Back to the compared runs");
  private final Label progress = Controls.label("", "hint");
  private final Label time = Controls.label("", "figure");
  private final HBox canvases = new HBox(12);
  private final Segments clocks;
  private final PaintedPane<RacePainter.View> bars;
  private List<PaintedPane<Frame>> panes = List.of();
  private List<RaceRunner> laid = List.of();
  private List<String> details = List.of();
  private Optional<ComparedRuns> compared = Optional.empty();
  private boolean running;
  private long last;

  RacePane(RaceViewModel viewModel, Executor painting, Appearance appearance) {
    super(10);
    this.viewModel = viewModel;
    this.painting = painting;
    this.appearance = appearance;
    clocks =
        Segments.of(
            List.of(RaceRunner.Clock.values()),
            RaceRunner.Clock::words,
            clock -> "Race by " + (clock == RaceRunner.Clock.TIME ? "the clock" : "evaluations"),
            viewModel.clockProperty());
    bars = new PaintedPane<>(new RacePainter(), painting, appearance);
    bars.setId("race-bars");
    bars.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    VBox.setVgrow(canvases, Priority.ALWAYS);
    canvases.minHeightProperty().bind(appearance.textSizeProperty().multiply(LEAST_CANVASES));
    time.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(buttons(), canvases, bars, time);
  }

  private FlowPane buttons() {
    these.setId("race-these");
    these.setTooltip(
        new Tooltip(
            "Run each of the compared runs anew on this computer, one after the other, for five"
                + " seconds again and again, and measure the steps of the quickest"));
    these.setOnAction(pressed -> viewModel.start(requests()));
    ways.setId("race-ways");
    ways.setTooltip(
        new Tooltip(
            "Run a text token by token, one block by block and one of LLaDA in 8 steps, and measure"
                + " their steps"));
    ways.setOnAction(pressed -> viewModel.start(RaceViewModel.threeWays()));
    cancel.setId("race-cancel");
    cancel.setOnAction(pressed -> viewModel.cancel());
    back.setId("race-back");
    back.setOnAction(pressed -> viewModel.forget());
    for (Button button : List.of(cancel, back)) {
      button.managedProperty().bind(button.visibleProperty());
    }
    var by = new HBox(8, Controls.label("By", "name"), clocks);
    by.setAlignment(Pos.CENTER_LEFT);
    var row = new FlowPane(10, 6, these, ways, cancel, back, by, progress);
    row.setRowValignment(VPos.CENTER);
    return row;
  }

  /** What would run the compared runs again; empty where one is a branch or of another program. */
  private List<RunRequest> requests() {
    List<RunRequest> requests =
        compared.stream()
            .flatMap(all -> all.runs().stream())
            .filter(run -> run.trace().header().segments().size() == 1)
            .flatMap(run -> RunRequest.of(run.trace()).stream())
            .toList();
    int runs = compared.map(all -> all.runs().size()).orElse(0);
    return requests.size() == runs ? requests : List.of();
  }

  /** Shows the race as it is now. */
  void refresh(Optional<ComparedRuns> now) {
    if (now != compared) {
      compared = now;
      these.setDisable(requests().isEmpty());
    }
    long time = System.nanoTime();
    double seconds = last == 0 ? 0 : Math.min(0.1, (time - last) / 1e9);
    last = time;
    viewModel.pulse(compared, seconds);
    cancel.setVisible(viewModel.goesOn());
    back.setVisible(viewModel.measured() && !viewModel.goesOn());
    clocks.getChildren().getFirst().setDisable(!viewModel.measured());
    boolean over = running && !viewModel.goesOn();
    running = viewModel.goesOn();
    if (over && viewModel.measured() && !appearance.reducedMotionProperty().get()) {
      viewModel.playFromStart();
    }
    progress.setText(viewModel.progress().isEmpty() ? refusal() : viewModel.progress());
    if (!viewModel.runners().equals(laid)) {
      lay(viewModel.runners());
    }
    show();
  }

  private void lay(List<RaceRunner> runners) {
    laid = runners;
    details =
        RunChips.of(runners.stream().map(RaceRunner::history).toList()).stream()
            .map(RunChips::details)
            .toList();
    List<PaintedPane<Frame>> made = new ArrayList<>();
    canvases.getChildren().clear();
    for (int i = 0; i < runners.size(); i++) {
      Painter painter = new CanvasPainter(false)::paint;
      var pane = new PaintedPane<>(painter, painting, appearance);
      pane.setPrefSize(100, 100);
      pane.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
      VBox.setVgrow(pane, Priority.ALWAYS);
      Label name = Controls.label(runners.get(i).name(), "compare-title");
      name.setMinWidth(USE_PREF_SIZE);
      var head =
          new HBox(8, new RunBadge(RunLetter.of(i)), name, Controls.label(details.get(i), "hint"));
      head.setAlignment(Pos.CENTER_LEFT);
      var card = new VBox(6, head, pane);
      card.setPrefWidth(100);
      card.setMinWidth(0);
      HBox.setHgrow(card, Priority.ALWAYS);
      canvases.getChildren().add(card);
      made.add(pane);
    }
    panes = List.copyOf(made);
    double tall = RacePainter.height(runners.size());
    bars.prefHeightProperty().bind(appearance.textSizeProperty().multiply(tall));
    bars.minHeightProperty().bind(bars.prefHeightProperty());
  }

  private void show() {
    RaceRunner.Clock clock = viewModel.clockProperty().get();
    double now = viewModel.now();
    for (int i = 0; i < laid.size(); i++) {
      Frame frame = Frame.of(laid.get(i).history(), laid.get(i).step(clock, now));
      panes.get(i).show(frame);
      panes.get(i).setAccessibleText("Run " + RunLetter.of(i) + ". " + Narration.of(frame));
    }
    var view = new RacePainter.View(laid, details, clock, now, note(), 1, 1);
    bars.show(view);
    bars.setAccessibleText(words(clock, now));
    time.setText(RacePainter.when(clock, now) + speed(viewModel.slower()));
  }

  /** Why the compared runs cannot be run anew; empty if they can, or others race. */
  private String refusal() {
    return !viewModel.measured() && these.isDisabled() && compared.isPresent()
        ? "A branch or another program's run is not run anew, so these race by evaluations alone."
        : "";
  }

  /** How the race is played, where that is not as it was. */
  private static String speed(double slower) {
    if (slower >= 1.5) {
      return String.format(Locale.ROOT, ", played %.0f times slower", slower);
    }
    return slower > 0 && slower < 0.67
        ? String.format(Locale.ROOT, ", played %.0f times faster", 1 / slower)
        : "";
  }

  /** "44 tokens, no prompt, wall clock on this computer". */
  private String note() {
    if (laid.isEmpty()) {
      return "";
    }
    String tokens = same(laid.stream().map(RaceRunner::answer).toList(), " tokens, ");
    String prompt =
        laid.stream().allMatch(runner -> runner.given() == 0)
            ? "no prompt, "
            : same(laid.stream().map(RaceRunner::given).toList(), " tokens given, ");
    return tokens
        + prompt
        + (viewModel.clockProperty().get() == RaceRunner.Clock.TIME
            ? "wall clock on this computer; flag: readable from its beginning"
            : "by evaluations; flag: readable from its beginning");
  }

  /** A figure that all have; nothing where they have not. */
  private static String same(List<Integer> figures, String unit) {
    return figures.stream().distinct().count() == 1 ? figures.getFirst() + unit : "";
  }

  private String words(RaceRunner.Clock clock, double now) {
    return "Race at %s. ".formatted(RacePainter.when(clock, now))
        + IntStream.range(0, laid.size())
            .mapToObj(
                i ->
                    "%s, %s: %d of %d tokens."
                        .formatted(
                            RunLetter.of(i),
                            laid.get(i).name(),
                            laid.get(i).tokens(laid.get(i).step(clock, now)),
                            laid.get(i).tokens(laid.get(i).steps())))
            .collect(Collectors.joining(" "));
  }
}
