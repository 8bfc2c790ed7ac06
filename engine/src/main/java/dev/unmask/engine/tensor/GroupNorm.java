package dev.unmask.engine.tensor;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

/** One group of channels of one image, normalised by the mean and variance of all its values. */
final class GroupNorm {
  private final HostTensor x;
  private final int firstRow;
  private final int rows;
  private final int firstColumn;
  private final int columns;
  private final double mean;
  private final double inverseDeviation;

  GroupNorm(HostTensor x, Grid grid, int image, int groups, int group, float epsilon) {
    this.x = x;
    rows = grid.height() * grid.width();
    firstRow = image * rows;
    columns = x.columns() / groups;
    firstColumn = group * columns;
    mean = mean((row, column) -> at(x, row, column));
    double variance =
        mean((row, column) -> (at(x, row, column) - mean) * (at(x, row, column) - mean));
    inverseDeviation = 1 / Math.sqrt(variance + epsilon);
  }

  private interface Term {
    double of(int row, int column);
  }

  private double mean(Term term) {
    double sum = 0;
    for (int row = firstRow; row < firstRow + rows; row++) {
      for (int column = firstColumn; column < firstColumn + columns; column++) {
        sum += term.of(row, column);
      }
    }
    return sum / (rows * columns);
  }

  private static float at(HostTensor tensor, int row, int column) {
    return tensor.memory().getAtIndex(JAVA_FLOAT, (long) row * tensor.columns() + column);
  }

  private static void set(HostTensor tensor, int row, int column, double value) {
    tensor.memory().setAtIndex(JAVA_FLOAT, (long) row * tensor.columns() + column, (float) value);
  }

  private static void add(HostTensor tensor, int row, int column, double value) {
    set(tensor, row, column, at(tensor, row, column) + value);
  }

  /** x̂ = (x − mean) / √(variance + ε). */
  private double normed(int row, int column) {
    return (at(x, row, column) - mean) * inverseDeviation;
  }

  /** out = x̂ · gain + shift. */
  void forward(HostTensor gain, HostTensor shift, HostTensor out) {
    for (int row = firstRow; row < firstRow + rows; row++) {
      for (int column = firstColumn; column < firstColumn + columns; column++) {
        double value = normed(row, column) * at(gain, 0, column) + at(shift, 0, column);
        set(out, row, column, value);
      }
    }
  }

  /** dx = dx + (dOut · gain − mean(dOut · gain) − x̂ · mean(dOut · gain · x̂)) / deviation. */
  void gradient(HostTensor gain, HostTensor dOut, HostTensor dx) {
    double level = mean((row, column) -> at(dOut, row, column) * at(gain, 0, column));
    double pull =
        mean((row, column) -> at(dOut, row, column) * at(gain, 0, column) * normed(row, column));
    for (int row = firstRow; row < firstRow + rows; row++) {
      for (int column = firstColumn; column < firstColumn + columns; column++) {
        double slope = at(dOut, row, column) * at(gain, 0, column);
        add(dx, row, column, (slope - level - normed(row, column) * pull) * inverseDeviation);
      }
    }
  }

  /** dGain = dGain + Σ dOut · x̂, and dShift = dShift + Σ dOut, of these channels. */
  void affineGradient(HostTensor dOut, HostTensor dGain, HostTensor dShift) {
    for (int column = firstColumn; column < firstColumn + columns; column++) {
      double gains = 0;
      double shifts = 0;
      for (int row = firstRow; row < firstRow + rows; row++) {
        gains += at(dOut, row, column) * normed(row, column);
        shifts += at(dOut, row, column);
      }
      add(dGain, 0, column, gains);
      add(dShift, 0, column, shifts);
    }
  }
}
