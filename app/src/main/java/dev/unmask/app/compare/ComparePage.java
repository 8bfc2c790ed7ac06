package dev.unmask.app.compare;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.controls.PaintedPane;
import dev.unmask.app.controls.Segments;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.RecentRuns;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Transport;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.kordamp.ikonli.carbonicons.CarbonIcons;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Up to four runs beside each other at one playhead: where they differ on a joint timeline, their
 * texts word by word, their figures; or how they race.
 */
public final class ComparePage extends BorderPane implements PageView {
  public static final Page PAGE = new Page("Compare", CarbonIcons.COMPARE);

  /** How much of the width the texts and figures take. */
  private static final double SIDE = 0.36;

  /** How much of the height the canvases take. */
  private static final double CANVASES = 0.36;

  /** How high canvases, and what is below them, are at least, before the page scrolls. */
  private static final double LEAST_CANVASES = 150;

  private static final double LEAST_BELOW = 250;

  private final Session session;
  private final CompareViewModel viewModel;
  private final RecentRuns recent;
  private final Function<Window, Optional<Path>> dialog;
  private final Executor painting;
  private final Appearance appearance;
  private final GridPane canvases = new GridPane(12, 6);
  private List<RunCard> cards = List.of();
  private final HBox besides = new HBox();
  private final JointPane joint;
  private final FinalTextsPane texts = new FinalTextsPane();
  private final FiguresPane figures;
  private final BothTokensPane tokens = new BothTokensPane();
  private final PaintedPane<JointView> lanes;
  private final RacePane race;
  private final ToggleButton racing = new ToggleButton("Race", new FontIcon(CarbonIcons.FLAG));
  private final Node differences;
  private List<History> laid = List.of();
  private ComparedRuns told;
  private int toldBeside;

  /**
   * Of a session.
   *
   * @param dialog asks for a trace's file above a window
   */
  public ComparePage(
      Session session,
      CompareViewModel viewModel,
      RecentRuns recent,
      Action firstDivergence,
      Function<Window, Optional<Path>> dialog,
      Executor painting,
      Appearance appearance) {
    this.session = session;
    this.viewModel = viewModel;
    this.recent = recent;
    this.dialog = dialog;
    this.painting = painting;
    this.appearance = appearance;
    joint = new JointPane(session, painting, appearance);
    figures = new FiguresPane(viewModel);
    lanes = new PaintedPane<>(new JointLanesPainter(), painting, appearance);
    lanes.setId("joint-lanes");
    lanes.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
    lanes.setAccessibleText("Masks left, confidence and entropy of all runs over each other");
    race = new RacePane(viewModel.race(), painting, appearance);
    getStyleClass().add("centre");
    setId("compare");
    getStylesheets()
        .add(Objects.requireNonNull(ComparePage.class.getResource("compare.css")).toExternalForm());
    setTop(top(firstDivergence));
    differences = differences();
    Node racers = scrolled(race);
    racing.selectedProperty().bindBidirectional(viewModel.race().openProperty());
    racing.selectedProperty().subscribe(on -> setCenter(on ? racers : differences));
  }

  private Node top(Action firstDivergence) {
    Button first = Controls.button(firstDivergence);
    first.setText("First divergence");
    var different = new Button("First different tokens", new FontIcon(CarbonIcons.COMPARE));
    different.setId("first-different-tokens");
    different.setTooltip(
        new Tooltip("Go where A and the run beside it first hold tokens that are not the same"));
    different.setOnAction(pressed -> viewModel.toFirstDifferentTokens());
    var swap = new Button("Swap", new FontIcon(CarbonIcons.ARROWS_HORIZONTAL));
    swap.setId("swap");
    swap.setTooltip(new Tooltip("Make the run beside A the one that is shown, and A another"));
    swap.setOnAction(pressed -> viewModel.swap());
    var add = new MenuButton("Add a run", new FontIcon(CarbonIcons.ADD));
    add.setId("add-run");
    add.setOnShowing(showing -> add.getItems().setAll(choices(viewModel::add)));
    add.getItems().add(new MenuItem());
    racing.setId("race");
    racing.setTooltip(
        new Tooltip("Play the runs against each other, by the clock or by evaluations"));
    besides.setAlignment(Pos.CENTER_LEFT);
    besides.managedProperty().bind(besides.visibleProperty());
    var bar =
        new FlowPane(
            10,
            6,
            Controls.label("Compare", "compare-title"),
            add,
            swap,
            named(
                "Align by",
                Segments.of(
                    List.of(Alignment.values()),
                    Alignment::unit,
                    alignment -> "Show together what has " + alignment.meaning(),
                    viewModel.alignmentProperty())),
            besides,
            first,
            different,
            racing);
    bar.setRowValignment(VPos.CENTER);
    Label note = Controls.label("", "hint");
    note.setId("compare-note");
    note.setWrapText(true);
    note.textProperty().bind(viewModel.noteProperty());
    note.visibleProperty().bind(note.textProperty().isNotEmpty());
    note.managedProperty().bind(note.visibleProperty());
    return new VBox(8, bar, note);
  }

  private static Node named(String name, Node control) {
    var row = new HBox(8, Controls.label(name, "name"), control);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  private Node differences() {
    var side = new VBox(tokens, texts, lanes, figures);
    side.getStyleClass().add("side-column");
    var scroll = new ScrollPane(side);
    scroll.setFitToWidth(true);
    scroll.setFocusTraversable(false);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("column-scroll");
    // Whoever goes there by keys sees what is there: the last card.
    figures
        .focusWithinProperty()
        .subscribe(
            within -> {
              if (within) {
                scroll.setVvalue(1);
              }
            });
    scroll.setMinSize(0, 0);
    HBox.setHgrow(joint, Priority.ALWAYS);
    var below = new HBox(12, joint, scroll);
    scroll.prefWidthProperty().bind(below.widthProperty().multiply(SIDE));
    scroll.minWidthProperty().bind(scroll.prefWidthProperty());
    VBox.setVgrow(below, Priority.ALWAYS);
    below.managedProperty().bind(below.visibleProperty());
    below.visibleProperty().bind(joint.visibleProperty());
    below.minHeightProperty().bind(appearance.textSizeProperty().multiply(LEAST_BELOW));
    below.prefHeightProperty().bind(below.minHeightProperty());
    canvases.minHeightProperty().bind(appearance.textSizeProperty().multiply(LEAST_CANVASES));
    var all = new VBox(12, canvases, below);
    canvases
        .prefHeightProperty()
        .bind(
            Bindings.when(below.visibleProperty())
                .then(all.heightProperty().multiply(CANVASES))
                .otherwise(all.heightProperty()));
    return scrolled(all);
  }

  /** A small window scrolls what does not fit into it. */
  private static Node scrolled(Node all) {
    var page = new ScrollPane(all);
    page.setFitToWidth(true);
    page.setFitToHeight(true);
    page.setFocusTraversable(false);
    page.getStyleClass().add("page-scroll");
    setMargin(page, new Insets(10, 0, 0, 0));
    return page;
  }

  /** What a run can be chosen from. */
  private List<MenuItem> choices(Consumer<Path> chosen) {
    List<MenuItem> items = new ArrayList<>();
    List<Path> compared = viewModel.files();
    for (Path file : recent.files()) {
      if (!compared.contains(file.toAbsolutePath()) && TraceKind.TOKENS.is(file)) {
        var item = new MenuItem(RecentRuns.name(file));
        item.setMnemonicParsing(false);
        item.setOnAction(pressed -> chosen.accept(file));
        items.add(item);
      }
    }
    if (!items.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    var other = new MenuItem("A file …", new FontIcon(CarbonIcons.FOLDER));
    other.setOnAction(pressed -> dialog.apply(getScene().getWindow()).ifPresent(chosen));
    items.add(other);
    return items;
  }

  private void lay(ComparedRuns compared) {
    laid = compared.runs();
    List<RunChips> chips = RunChips.of(laid);
    List<Path> files = viewModel.shownFiles();
    cards =
        IntStream.range(0, laid.size())
            .mapToObj(
                run ->
                    new RunCard(
                        session,
                        run,
                        chips.get(run),
                        name(run, files),
                        remove(run, files),
                        painting,
                        appearance))
            .toList();
    canvases.getChildren().clear();
    canvases.getColumnConstraints().clear();
    for (int run = 0; run < cards.size(); run++) {
      canvases.add(cards.get(run), run, 0);
      canvases.add(cards.get(run).canvas(), run, 1);
      GridPane.setVgrow(cards.get(run).canvas(), Priority.ALWAYS);
      var column = new ColumnConstraints();
      column.setPercentWidth(100.0 / cards.size());
      canvases.getColumnConstraints().add(column);
    }
    List<Integer> others = IntStream.range(1, laid.size()).boxed().toList();
    besides.setVisible(others.size() > 1);
    besides
        .getChildren()
        .setAll(
            named(
                "Beside A",
                Segments.of(
                    others,
                    run -> RunLetter.of(run).name(),
                    run -> "Show where A and " + RunLetter.of(run) + " differ",
                    viewModel.besideProperty())));
    double tall = JointLanesPainter.height(laid.size());
    lanes.prefHeightProperty().bind(appearance.textSizeProperty().multiply(tall));
    lanes.minHeightProperty().bind(lanes.prefHeightProperty());
  }

  private MenuButton name(int run, List<Path> files) {
    var name = new MenuButton(RunChips.name(laid.get(run)));
    name.setId("name-" + RunBadge.style(RunLetter.of(run)));
    name.setMnemonicParsing(false);
    String where = file(run, files).map(RecentRuns::name).map(file -> "\n" + file).orElse("");
    name.setTooltip(new Tooltip(name.getText() + where + "\nChoose another run in its place"));
    name.setAccessibleText(
        "Run %s, %s: choose another".formatted(RunLetter.of(run), name.getText()));
    name.getItems().add(new MenuItem());
    name.setOnShowing(
        showing -> name.getItems().setAll(choices(file -> viewModel.replace(run, file))));
    return name;
  }

  private Button remove(int run, List<Path> files) {
    Button button =
        RunCard.remove(RunLetter.of(run), () -> file(run, files).ifPresent(viewModel::remove));
    button.setDisable(laid.size() == 1);
    return button;
  }

  /** Where a run is recorded; A's may be recorded nowhere yet. */
  private Optional<Path> file(int run, List<Path> files) {
    int index = files.size() - laid.size() + run;
    return index < 0 ? Optional.empty() : Optional.of(files.get(index));
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public ObservableValue<?> face() {
    return viewModel.race().openProperty();
  }

  /** A race has a time of its own. */
  @Override
  public Optional<Transport> transport() {
    RaceViewModel race = viewModel.race();
    return race.openProperty().get() ? Optional.of(race) : Optional.empty();
  }

  @Override
  public void refresh() {
    viewModel.pulse();
    Optional<ComparedRuns> compared = viewModel.comparedProperty().get();
    if (racing.isSelected()) {
      race.refresh(compared);
      return;
    }
    Optional<Frame> frame = session.frameProperty().get();
    if (compared.isEmpty() || frame.isEmpty()) {
      differences.setVisible(false);
      return;
    }
    differences.setVisible(true);
    if (!compared.get().runs().equals(laid)) {
      lay(compared.get());
    }
    show(compared.get(), frame.get());
  }

  private void show(ComparedRuns compared, Frame frame) {
    int beside = viewModel.besideIn(compared);
    boolean several = !compared.others().isEmpty();
    cards.forEach(card -> card.show(compared, beside, frame));
    joint.setVisible(several);
    if (several) {
      joint.show(compared, beside, frame.step());
      lanes.show(new JointView(compared, beside, frame.step(), frame.selection(), 0, 1, 1));
    }
    if (compared != told || beside != toldBeside) {
      told = compared;
      toldBeside = beside;
      texts.show(compared, beside);
    }
    figures.show(compared);
    List<Frame> frames =
        IntStream.range(0, compared.runs().size())
            .mapToObj(run -> compared.frame(run, frame))
            .toList();
    tokens.show(frames, frame.selection());
  }
}
