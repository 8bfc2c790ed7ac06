package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.Alignment;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Paintable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReelTest {
  private static final int STEPS = 21;
  private static final int POSITIONS = 90;

  @ParameterizedTest
  @EnumSource(
      value = ExportView.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STRIP"})
  void everyStepOfEveryViewIsWhatIsPaintedOfItAlone(ExportView view) {
    for (ExportTheme theme : ExportTheme.values()) {
      for (Colouring map : Colouring.values()) {
        checkEveryStep(settings(view, map, theme, new PictureSize(480, 360, 1)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "480, 360, 1.5",
    "700, 500, 1.25",
    "200, 120, 0.5",
    "960, 600, 3",
    "60, 40, 1",
    "300, 60, 0.5",
    "140, 90, 0.3"
  })
  void everyStepInEverySizeIsWhatIsPaintedOfItAlone(int width, int height, double scale) {
    var size = new PictureSize(width, height, scale);
    checkEveryStep(settings(ExportView.BOTH, Colouring.STATE, ExportTheme.DARK, size));
  }

  @Test
  void stepsAreWhatTheyAreInAnyOrderOfAsking() {
    ExportSubject<?> subject = subject(Sample.sized(Sample.SMALL));
    Reel reel = Reel.of(subject, 2, STEPS, 2);
    for (int step : List.of(20, 2, 11, 10, 11, 2, STEPS)) {
      assertThat(reel.at(step).colours()).isEqualTo(alone(subject, step));
    }
  }

  @Test
  void aStepThatIsAskedForAgainIsNotPaintedAgain() {
    var asked = new AtomicInteger();
    ExportSubject<?> subject = subject(Sample.sized(Sample.SMALL));
    Reel reel = Reel.of(counting(subject, 3, asked), 3, 3, 2);
    Picture first = reel.at(3);
    int painted = asked.get();
    assertThat(reel.at(3)).isSameAs(first);
    assertThat(asked.get()).isEqualTo(painted);
  }

  private static <P extends Paintable<P>> ExportSubject<P> counting(
      ExportSubject<P> subject, int step, AtomicInteger asked) {
    return new ExportSubject<>(
        subject.drawing(),
        at -> {
          asked.addAndGet(at == step ? 1 : 0);
          return subject.at().apply(at);
        },
        subject.recorded(),
        subject.settings());
  }

  private static void checkEveryStep(ExportSettings settings) {
    ExportSubject<?> subject = subject(settings);
    Reel reel = Reel.of(subject, 0, STEPS, 4);
    for (int step = 0; step <= STEPS; step++) {
      assertThat(Arrays.equals(reel.at(step).colours(), alone(subject, step)))
          .as("step %d of %s", step, settings)
          .isTrue();
    }
  }

  private static int[] alone(ExportSubject<?> subject, int step) {
    return Picture.of(subject.picture(step)).colours();
  }

  private static ExportSubject<?> subject(ExportSettings settings) {
    History left = run(1);
    boolean two = settings.view() == ExportView.COMPARISON;
    return ExportSubject.tokens(
        left,
        settings,
        two ? Optional.of(RunPair.of(left, run(2), Alignment.STEP)) : Optional.empty());
  }

  /** A run in which masks are predicted again and again, and tokens are taken back and edited. */
  private static History run(long seed) {
    var random = new SplittableRandom(seed);
    String[] state = IntStream.range(0, POSITIONS).mapToObj(_ -> "_").toArray(String[]::new);
    state[0] = "Once";
    state[1] = " upon";
    var run = new HandMade(2, state);
    for (int step = 0; step < STEPS; step++) {
      String[] predicted = new String[POSITIONS];
      Arrays.fill(predicted, "-");
      state = state.clone();
      for (int p = 2; p < POSITIONS; p++) {
        boolean masked = state[p].equals("_");
        if (masked && random.nextInt(3) > 0) {
          predicted[p] = " w" + random.nextInt(4);
          state[p] = random.nextInt(12) == 0 ? predicted[p] : "_";
        } else if (!masked && random.nextInt(40) == 0) {
          state[p] = "_";
        } else if (!masked && random.nextInt(40) == 0) {
          predicted[p] = " other";
          state[p] = predicted[p];
        }
      }
      run.then(predicted, state);
    }
    return History.of(run);
  }

  private static ExportSettings settings(
      ExportView view, Colouring map, ExportTheme theme, PictureSize size) {
    return new ExportSettings(
        view, map, theme, size, 0, OptionalInt.empty(), 1, 4, 1, Easing.NONE, "Title", "a b", true);
  }
}
