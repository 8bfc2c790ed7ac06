package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TourTest {
  private final ScriptedRun run = new ScriptedRun();
  private final Session session = new Session(Starters.of(request -> run));
  private final RunViewModel form = Forms.of();
  private final Tour tour = new Tour(session, form);

  @Test
  void waitsForItsRunAndShowsEveryStopOnIt() {
    tour.start();
    pulse();
    assertThat(form.promptProperty().get()).isEqualTo(Tour.RUN.prompt());
    run.shows(Run.Phase.FINISHED, HandMade.story());
    for (Tour.Stop stop : Tour.STOPS) {
      pulse();
      assertThat(tour.stopProperty().get()).contains(stop);
      pulse();
      var frame = session.frameProperty().get().orElseThrow();
      assertThat(frame.phase()).isEqualTo(stop.phase());
      assertThat(frame.moment().looks()[frame.selection()]).isEqualTo(stop.look());
      tour.next();
    }
    assertThat(tour.stopProperty().get()).isEmpty();
  }

  @Test
  void whatWasShownBeforeComesBackAtItsEnd() {
    List<Path> opened = new ArrayList<>();
    var shown = ScriptedRun.finished();
    shown.isIn(Path.of("before"));
    var other = new Session(Starters.ofFiles(request -> run, opened::add));
    other.watch(shown);
    other.pulse(0);
    other.playhead().seek(2);
    var leading = new Tour(other, form);
    leading.start();
    run.shows(Run.Phase.FINISHED, HandMade.story());
    other.pulse(0);
    leading.close();
    assertThat(opened).containsExactly(Path.of("before"));
  }

  @Test
  void endsWithRemasked() {
    assertThat(Tour.STOPS).hasSize(6);
    assertThat(Tour.STOPS.getLast().look()).isEqualTo(Look.REMASKED);
    assertThat(Tour.STOPS.getFirst().phase()).isEqualTo(Phase.DECIDED);
  }

  private void pulse() {
    session.pulse(0);
    tour.pulse();
    session.pulse(0);
  }
}
