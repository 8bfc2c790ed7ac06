package dev.unmask.app.tokens;

import dev.unmask.app.controls.Action;
import dev.unmask.app.controls.Controls;
import dev.unmask.app.session.Breakpoints;
import dev.unmask.app.session.Debugger;
import dev.unmask.app.session.Doctor;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Stop;
import dev.unmask.engine.check.Finding;
import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.TraceHeader.Edit;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/** What finds out where a run went wrong, in parts that can be folded where height is short. */
public final class DebugPanel extends ScrollPane {
  private final BranchPane branch;
  private final TitledPane change;
  private final BreachesPane breaches;
  private final TitledPane breachesPart;
  private final HitsPane hits;
  private final DoctorPane doctor;
  private final TitledPane doctorPart;
  private final TitledPane hitsPart;

  public DebugPanel(Session session, BranchViewModel draft, Action begin) {
    getStyleClass().add("debug-panel");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    breaches = new BreachesPane(session.debugger());
    breachesPart = part("BREACHES", breaches);
    breachesPart.managedProperty().bind(breachesPart.visibleProperty());
    breachesPart.setVisible(false);
    Breakpoints list = session.debugger().breakpoints();
    TitledPane breakpoints = part("BREAKPOINTS", new BreakpointsPane(list));
    breakpoints.setId("breakpoints");
    list.items()
        .addListener(
            (ListChangeListener<Breakpoints.Item>) change -> breakpoints.setExpanded(true));
    branch = new BranchPane(session, draft, begin);
    change = part("CHANGE AND BRANCH", branch);
    change.setId("change");
    draft.edits().addListener((ListChangeListener<Edit>) made -> change.setExpanded(true));
    hits = new HitsPane(session.debugger());
    hitsPart = part("HITS", hits);
    hitsPart.managedProperty().bind(hitsPart.visibleProperty());
    hitsPart.setVisible(false);
    doctor = new DoctorPane(session.debugger().doctor());
    doctorPart = part("DOCTOR", doctor);
    setContent(new VBox(doctorPart, breakpoints, hitsPart, breachesPart, change));
  }

  /** Shows what there is by now. */
  public void refresh() {
    breaches.refresh();
    // What is folded away would still cost a layout of the whole column at every step.
    if (change.isExpanded()) {
      branch.refresh();
    }
    hitsPart.setVisible(hits.refresh());
    int found = doctor.refresh();
    doctorPart.setText(found == 0 ? "DOCTOR" : "DOCTOR · " + found);
    if (breaches.any() != breachesPart.isVisible()) {
      breachesPart.setVisible(breaches.any());
      breachesPart.setExpanded(true);
    }
  }

  private static TitledPane part(String heading, Node content) {
    var part = new TitledPane(heading, content);
    part.setAnimated(false);
    return part;
  }

  /** What steps of the run broke of what its sampler declares; a click goes there. */
  static final class BreachesPane extends VBox {
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

  /** Where breakpoints are hit in the run that is shown; a click goes there. */
  static final class HitsPane extends VBox {
    private static final int MOST = 200;

    private final Debugger debugger;
    private List<Stop> listed = List.of();

    HitsPane(Debugger debugger) {
      super(2);
      this.debugger = debugger;
      setId("hits");
    }

    /** Lists what was found by now; whether that is anything. */
    boolean refresh() {
      List<Stop> now = debugger.stops();
      if (!now.equals(listed)) {
        listed = now;
        getChildren().setAll(now.stream().limit(MOST).map(this::link).toList());
        if (now.size() > MOST) {
          getChildren().add(Controls.label("and %d more".formatted(now.size() - MOST), "hint"));
        }
      }
      return !now.isEmpty();
    }

    private Hyperlink link(Stop stop) {
      var link = new Hyperlink("Step %d: %s".formatted(stop.step(), stop.sentence()));
      link.setWrapText(true);
      link.setOnAction(pressed -> debugger.show(stop));
      return link;
    }
  }

  /** What the checks find in the run that is shown; a click goes there. */
  static final class DoctorPane extends VBox {
    private static final int MOST = 100;

    private final Doctor doctor;
    private final Label summary = Controls.label("", "hint");
    private final VBox list = new VBox(2);
    private List<Finding> listed = List.of();

    DoctorPane(Doctor doctor) {
      super(4);
      this.doctor = doctor;
      setId("doctor");
      summary.setId("doctor-summary");
      summary.setWrapText(true);
      summary.setMinHeight(USE_PREF_SIZE);
      getChildren().addAll(summary, list);
    }

    /** Lists what was found by now; how much that is. */
    int refresh() {
      List<Finding> now = doctor.findings();
      summary.setText(doctor.summary());
      if (!now.equals(listed)) {
        listed = now;
        list.getChildren().setAll(now.stream().limit(MOST).map(this::link).toList());
        if (now.size() > MOST) {
          list.getChildren()
              .add(Controls.label("and %d more".formatted(now.size() - MOST), "hint"));
        }
      }
      return now.size();
    }

    private Hyperlink link(Finding finding) {
      var link = new Hyperlink("S" + finding.line().substring(1));
      link.setWrapText(true);
      link.setOnAction(pressed -> doctor.show(finding));
      return link;
    }
  }
}
