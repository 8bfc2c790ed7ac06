package dev.unmask.app.compare;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunPairTest {
  private final History slow =
      History.of(
          new HandMade(1, "a", "_", "_")
              .then(row("-", "b", "c"), "a", "b", "_")
              .then(row("-", "-", "c"), "a", "b", "c"));
  private final History quick =
      History.of(new HandMade(1, "a", "_", "_").then(row("-", "b", "d"), "a", "b", "d"));

  @Test
  void showsTheSameStepsTogether() {
    RunPair pair = RunPair.of(slow, quick, Alignment.STEP);
    assertThat(pair.rightSteps()).containsExactly(0, 1, 1);
    assertThat(pair.differingAt(0)).isEmpty();
    assertThat(pair.differingAt(1)).containsExactly(2);
    assertThat(pair.first().orElseThrow().words()).isEqualTo("step 1, position 2");
  }

  @Test
  void orStepsWithAsMuchUnmasked() {
    RunPair pair = RunPair.of(quick, slow, Alignment.SHARE);
    assertThat(pair.rightSteps()).containsExactly(0, 2);
    assertThat(pair.beside(Frame.of(quick, 1)).step()).isEqualTo(2);
  }

  @Test
  void saysHowTheyDiffer() {
    assertThat(RunPair.of(slow, quick, Alignment.STEP).summary())
        .isEqualTo("1 of 3 tokens differ at the end · first divergence: step 1, position 2");
    assertThat(RunPair.of(slow, slow, Alignment.STEP).summary())
        .isEqualTo("0 of 3 tokens differ at the end · identical");
    assertThat(RunPair.words(slow.trace())).isEqualTo("none, 2 steps, NFE 2, seed unknown");
  }

  @Test
  void whatDiffersIsPaintedAndWhatDoesNotIsNot() {
    RunPair pair = RunPair.of(slow, quick, Alignment.STEP);
    RunPair same = RunPair.of(slow, slow, Alignment.STEP);
    assertThat(accents(new DifferencePainter(pair))).isGreaterThan(100);
    assertThat(accents(new DifferencePainter(same))).isZero();
    assertThat(accents(new ComparedCanvas(pair, true))).isGreaterThan(50);
    assertThat(accents(new ComparedCanvas(same, true))).isZero();
  }

  @Test
  void aPictureComparesNothingAnew() {
    var reads = new AtomicInteger();
    RunPair pair = RunPair.of(slow, counting(quick.trace(), reads), Alignment.SHARE);
    int once = reads.get();
    accents(new DifferencePainter(pair));
    accents(new ComparedCanvas(pair, true));
    pair.summary();
    assertThat(reads).hasValue(once);
  }

  /** A trace that counts how often a state of it is read. */
  private static History counting(Trace<TokenState, TokenRecord> trace, AtomicInteger reads) {
    return History.of(
        new Trace<TokenState, TokenRecord>() {
          @Override
          public TraceHeader header() {
            return trace.header();
          }

          @Override
          public int steps() {
            return trace.steps();
          }

          @Override
          public TokenState state(int index) {
            reads.incrementAndGet();
            return trace.state(index);
          }

          @Override
          public TokenRecord step(int index) {
            return trace.step(index);
          }
        });
  }

  private long accents(Painter painter) {
    var picture = new BufferedImage(500, 300, BufferedImage.TYPE_INT_RGB);
    painter.paint(picture, Frame.of(slow, 1).sized(500, 300), Theme.DARK, 1);
    int accent = Theme.DARK.accent().getRGB();
    return Arrays.stream(picture.getRGB(0, 0, 500, 300, null, 0, 500))
        .filter(pixel -> pixel == accent)
        .count();
  }
}
