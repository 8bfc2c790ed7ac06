package dev.unmask.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.theme.Theme;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class AppearanceTest {
  private final Appearance appearance = new Appearance(Theme.DARK);
  private final BooleanProperty system = new SimpleBooleanProperty(true);

  @Test
  void nothingMovesWhereTheSystemSaysSo() {
    appearance.obey(system);
    assertThat(appearance.reducedMotionProperty().get()).isTrue();
    system.set(false);
    assertThat(appearance.reducedMotionProperty().get()).isFalse();
  }

  @Test
  void aPersonMaySayOtherwise() {
    appearance.obey(system);
    appearance.reducedMotionProperty().set(false);
    assertThat(appearance.reducedMotionProperty().get()).isFalse();
  }

  @Test
  void whatTheSystemAskedForIsNotKeptAsAPersonsChoice() {
    appearance.obey(system);
    assertThat(appearance.choseReducedMotion()).isFalse();
    system.set(false);
    appearance.reducedMotionProperty().set(true);
    assertThat(appearance.choseReducedMotion()).isTrue();
  }

  @Test
  void aPersonsChoiceStandsWhereTheSystemSaysNothing() {
    appearance.reducedMotionProperty().set(true);
    system.set(false);
    appearance.obey(system);
    assertThat(appearance.reducedMotionProperty().get()).isTrue();
  }
}
