package dev.unmask.app.tokens;

import dev.unmask.app.controls.Appearance;
import dev.unmask.app.controls.ColumnEdge;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.controls.PageRun;
import dev.unmask.app.controls.PageView;
import dev.unmask.app.corruption.CorruptionCard;
import dev.unmask.app.images.ImagesCard;
import dev.unmask.app.images.ImagesViewModel;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.runs.IdentityLine;
import dev.unmask.app.session.Conditions;
import dev.unmask.app.session.Notice;
import dev.unmask.app.session.Page;
import dev.unmask.app.session.Session;
import dev.unmask.app.tokens.canvas.CanvasPane;
import dev.unmask.app.tokens.inspector.InspectorPane;
import dev.unmask.app.tokens.timeline.TimelineHeader;
import dev.unmask.app.tokens.timeline.TimelinePane;
import dev.unmask.app.tokens.timeline.TimelineZoom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.binding.DoubleExpression;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.carbonicons.CarbonIcons;

/** The run as tokens: the form beside the canvas above the timeline, and the inspector. */
public final class TokensPage extends BorderPane implements PageView {
  /** The share of the page that the inspector takes at most. */
  private static final double SIDE = 0.42;

  public static final Page PAGE = new Page("Tokens", CarbonIcons.STRING_TEXT);

  private final Session session;
  private final CanvasPane canvas;
  private final TimelinePane timeline;
  private final SplitPane pictures;
  private final InspectorPane inspector;
  private final CorruptionCard corruption;
  private final ImagesCard images;
  private final NoticePane notice;
  private final RunPanel panel;
  private final PageRun run;
  private final IdentityLine identity;
  private final StopBar stop;

  public TokensPage(
      Session session,
      RunViewModel form,
      Appearance appearance,
      RunActions running,
      DebugActions debugging,
      NoticePane notice,
      Supplier<RemedyButton> remedies,
      ImagesViewModel images,
      IdentityLine identity,
      DoubleProperty inspectorWidth,
      Executor painting,
      Conditions when) {
    this.session = session;
    canvas = new CanvasPane(session, painting, appearance);
    timeline = new TimelinePane(session, new TimelineZoom(session), painting, appearance);
    Controls.menu(canvas, debugging.ofToken());
    Controls.menu(timeline, debugging.ofToken());
    this.notice = notice;
    stop = new StopBar(session, debugging, running.cancel);
    pictures = new SplitPane(canvas, new StackPane(timeline, new TimelineHeader(session)));
    pictures.setOrientation(Orientation.VERTICAL);
    pictures.managedProperty().bind(pictures.visibleProperty());
    inspector = new InspectorPane(painting, appearance);
    panel = new RunPanel(session, form, running, remedies);
    run =
        new PageRun(
            () -> panel,
            "Run",
            form.validProperty(),
            () -> session.start(form.request()),
            when.live(),
            session::cancel,
            Optional.of(
                () -> {
                  form.newSeed();
                  session.start(form.request());
                }));
    this.identity = identity;
    setCenter(centre());
    corruption = new CorruptionCard(session, painting, appearance);
    this.images = new ImagesCard(session, images, painting, appearance);
    setRight(
        new HBox(
            new ColumnEdge(inspectorWidth, -1),
            side(inspectorWidth, appearance.textSizeProperty())));
  }

  /** Scrolls where the window is too low for all. */
  private Node side(DoubleProperty width, DoubleExpression textSize) {
    var rows = new VBox(18, inspector, corruption, images);
    rows.getStyleClass().add("side-rows");
    var scroll = new ScrollPane(rows);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    var side = new VBox(scroll);
    side.getStyleClass().addAll("side-panel", "inspector");
    side.prefWidthProperty().bind(width.multiply(textSize));
    // The pictures are what the page is about.
    side.maxWidthProperty().bind(widthProperty().multiply(SIDE));
    return side;
  }

  private Node centre() {
    identity.managedProperty().bind(identity.visibleProperty());
    var centre = new VBox(identity, notice, stop, pictures);
    centre.setAlignment(Pos.CENTER);
    VBox.setVgrow(pictures, Priority.ALWAYS);
    centre.getStyleClass().add("centre");
    return centre;
  }

  @Override
  public Node node() {
    return this;
  }

  @Override
  public PageRun run() {
    return run;
  }

  @Override
  public void refresh() {
    boolean shown = session.frameProperty().get().isPresent();
    notice.show(Notice.of(session), !shown);
    pictures.setVisible(shown);
    identity.setVisible(shown);
    identity.refresh();
    stop.refresh();
    panel.refresh();
    session.frameProperty().get().ifPresent(this::show);
  }

  private void show(Frame frame) {
    canvas.show(frame);
    timeline.show(frame);
    inspector.show(frame);
    corruption.show(frame);
    images.show(frame);
  }

  /** Whether the pictures of a history are on the screen. */
  public boolean shows(History history) {
    return canvas.shown().filter(frame -> frame.history() == history).isPresent()
        && timeline.shown().filter(frame -> frame.history() == history).isPresent();
  }

  /** The step whose picture is on the canvas; 0 where there is none. */
  public int stepShown() {
    return canvas.shown().map(Frame::step).orElse(0);
  }

  /** Where the tour stops. */
  public Map<Tour.Place, Node> places() {
    return Map.of(
        Tour.Place.CANVAS, canvas,
        Tour.Place.TIMELINE, timeline,
        Tour.Place.INSPECTOR, inspector);
  }

  /** How much of the height the canvas takes of that of the timeline and its own. */
  public double canvasShare() {
    return pictures.getDividerPositions()[0];
  }

  public void setCanvasShare(double share) {
    pictures.setDividerPositions(share);
  }
}
