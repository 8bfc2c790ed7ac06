package dev.unmask.engine.check;

import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws that are none: at a temperature above 0 every predicted token is the most probable one,
 * over so many predictions that it cannot be chance; or two images of a class start from the same
 * noise. The temperature's own probability of the most probable token is at most that among the
 * recorded candidates, so what is counted is an upper bound.
 */
final class NoVariance implements Check {
  @Override
  public String name() {
    return "variance";
  }

  @Override
  public String looksFor() {
    return "samples without variance: at a temperature above 0 every predicted token is the most"
        + " probable one; or two images of a batch begin with the same noise";
  }

  @Override
  public String limits() {
    return "The trace must tell temperature and candidates, and the draws be of all tokens: with"
        + " top-p or top-k it cannot be told.";
  }

  @Override
  public Watch<Moment> tokens() {
    return new Watch<>() {
      private double logChance;
      private int draws;
      private boolean over;

      @Override
      public List<Finding> after(Moment moment) {
        double temperature = Temperature.of(moment);
        Candidates candidates = moment.step().candidates();
        if (over || !(temperature > 0) || Temperature.cuts(moment)) {
          return List.of();
        }
        int kept = candidates.perPosition();
        int[] predicted = moment.step().decision().predicted();
        for (int position = 0; position < predicted.length && kept > 0; position++) {
          int best = candidates.ids()[position * kept];
          if (predicted[position] < 0 || best < 0) {
            continue;
          }
          if (predicted[position] != best) {
            over = true;
            return List.of();
          }
          logChance -= StrictMath.log(others(candidates, position, temperature));
          draws++;
        }
        if (!Chance.rare(logChance)) {
          return List.of();
        }
        over = true;
        return List.of(
            moment.finding(
                NoVariance.this,
                IntStream.range(0, predicted.length)
                    .filter(i -> predicted[i] >= 0)
                    .boxed()
                    .toList(),
                "at temperature %s all %d predicted tokens were the most probable ones, which has a"
                    + " chance of less than %.0e",
                temperature,
                draws,
                Chance.RARE));
      }
    };
  }

  /** The weights of all candidates together, where that of the most probable one is 1. */
  private static double others(Candidates candidates, int position, double temperature) {
    int from = position * candidates.perPosition();
    double best = candidates.probabilities()[from];
    double sum = 1;
    for (int k = from + 1; k < from + candidates.perPosition(); k++) {
      double probability = candidates.probabilities()[k];
      if (probability > 0 && best > 0) {
        sum += StrictMath.exp(StrictMath.log(probability / best) / temperature);
      }
    }
    return sum;
  }

  @Override
  public Watch<Picture> images() {
    return picture -> picture.index() > 0 ? List.of() : twins(picture);
  }

  private List<Finding> twins(Picture picture) {
    TraceHeader.Images images = picture.trace().header().images();
    float[] x = picture.trace().state(0).x();
    BatchShape shape = images.shape();
    for (int later = 1; later < shape.images(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        boolean labelled = images.labels().size() > later;
        if (same(x, shape.image(), earlier, later)
            && (!labelled || images.labels().get(earlier).equals(images.labels().get(later)))) {
          return List.of(
              new Finding(
                  name(),
                  1,
                  List.of(earlier, later),
                  "images %d and %d of the batch begin with the same noise"
                      .formatted(earlier + 1, later + 1)));
        }
      }
    }
    return List.of();
  }

  private static boolean same(float[] x, int size, int one, int other) {
    return Arrays.equals(x, one * size, (one + 1) * size, x, other * size, (other + 1) * size);
  }
}
