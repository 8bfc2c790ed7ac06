package dev.unmask.app.session;

import dev.unmask.app.picture.Status;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the window's one transport moves: the steps of the run, or of what an open page shows in
 * their place. Whoever does not lead follows the t of the one who does.
 */
public interface Transport {
  /** Its steps, noise first in the reverse process. */
  Playhead playhead();

  /** How many steps there will be at the end. */
  int planned();

  /** t at the playhead, 1 for nothing but noise; empty where there is none. */
  OptionalDouble time();

  /** Goes to the step whose t is nearest. */
  void goTo(double time);

  /** Where it is, for people. */
  List<Status.Figure> figures();
}
