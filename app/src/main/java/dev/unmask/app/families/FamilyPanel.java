package dev.unmask.app.families;

import dev.unmask.engine.families.Family;
import dev.unmask.engine.playground.DataSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is seen of a family.
 *
 * @param data that are learned, or are to be
 * @param training as far as it is; empty before it began
 * @param frame the state that is shown
 * @param shot what the model was there, or what is known of it last
 * @param curve KL at each state, NaN where it is not known
 */
record FamilyPanel(
    Family family,
    DataSet data,
    Optional<Training> training,
    int frame,
    Optional<Shot> shot,
    double[] curve,
    boolean selected) {
  // Of two panels with the same curve one picture is enough.
  @Override
  public boolean equals(Object other) {
    return other instanceof FamilyPanel that
        && family == that.family
        && data.word().equals(that.data.word())
        && training.equals(that.training)
        && frame == that.frame
        && shot.equals(that.shot)
        && Arrays.equals(curve, that.curve)
        && selected == that.selected;
  }

  @Override
  public int hashCode() {
    return 31 * family.hashCode() + frame;
  }

  /** Which modes of the data samples missed; all found where that is not known. */
  boolean[] missed() {
    boolean[] found =
        shot.map(now -> data.found(now.samples())).orElseGet(() -> new boolean[data.modeCount()]);
    boolean[] missed = new boolean[found.length];
    for (int i = 0; i < missed.length; i++) {
      missed[i] = shot.isPresent() && !found[i];
    }
    return missed;
  }
}
