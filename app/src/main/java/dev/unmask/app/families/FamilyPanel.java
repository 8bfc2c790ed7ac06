package dev.unmask.app.families;

import dev.unmask.engine.families.Family;
import dev.unmask.engine.families.PlaneLayer;
import dev.unmask.engine.playground.DataSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is seen of a family.
 *
 * @param data that are learned, or are to be
 * @param training as far as it is; empty before it began
 * @param frame the state that is shown
 * @param shot what the model was there, or what is known of it last
 * @param curve KL at each state, NaN where it is not known
 * @param toggled titles of layers that are shown and else would not be, or the other way round
 */
record FamilyPanel(
    Family family,
    DataSet data,
    Optional<Training> training,
    int frame,
    Optional<Shot> shot,
    double[] curve,
    Set<String> toggled,
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
        && toggled.equals(that.toggled)
        && selected == that.selected;
  }

  @Override
  public int hashCode() {
    return 31 * family.hashCode() + frame;
  }

  /** The same at another state, and not marked: nothing is selected in a picture. */
  FamilyPanel at(int other, Shot known) {
    double[] measured = curve.clone();
    known.figures().ifPresent(figures -> measured[other] = figures.kl());
    return new FamilyPanel(
        family, data, training, other, Optional.of(known), measured, toggled, false);
  }

  /** What the model shows, all of it. */
  List<PlaneLayer> layers() {
    return shot.map(Shot::layers).orElse(List.of());
  }

  /** Whether a layer is shown: unless somebody wants it otherwise, no lines over other lines. */
  boolean shows(PlaneLayer layer) {
    boolean first =
        layers().stream()
            .filter(each -> hasLines(each) && hasLines(layer))
            .findFirst()
            .filter(each -> each != layer)
            .isEmpty();
    return first != toggled.contains(layer.title());
  }

  private static boolean hasLines(PlaneLayer layer) {
    return layer instanceof PlaneLayer.Arrows || layer instanceof PlaneLayer.Lines;
  }

  /** Which modes of the data samples missed; all found where that is not known. */
  boolean[] missed() {
    boolean[] found = shot.map(Shot::found).orElseGet(() -> new boolean[data.modeCount()]);
    boolean[] missed = new boolean[found.length];
    for (int i = 0; i < missed.length; i++) {
      missed[i] = shot.isPresent() && !found[i];
    }
    return missed;
  }
}
