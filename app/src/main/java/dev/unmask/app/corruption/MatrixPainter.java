package dev.unmask.app.corruption;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.picture.Visible;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.noise.Transition;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Paints a matrix as a heat map, in the logarithm of its entries from 10⁻⁴ to 1. */
public final class MatrixPainter implements Drawing<Sheet<NoisedText>> {
  private static final double DECADES = 4;
  private static final double SMALLEST_LABELLED = 8;
  private static final double MARGIN = 46;

  private final Function<NoisedText, Matrix> which;

  private MatrixPainter(Function<NoisedText, Matrix> which) {
    this.which = which;
  }

  /** Of Q_t. */
  public static MatrixPainter ofStep() {
    return new MatrixPainter(NoisedText::step);
  }

  /** Of Q_1 … Q_t. */
  public static MatrixPainter ofProduct() {
    return new MatrixPainter(NoisedText::product);
  }

  @Override
  public void paint(Graphics2D g, Sheet<NoisedText> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    Matrix matrix = which.apply(sheet.content());
    g.setColor(theme.muted());
    Card.TITLE.draw(g, Card.TITLE.cut(matrix.title(), sheet.width()), 0, 12);
    int size = matrix.labels().size();
    double room = Math.min(sheet.width() - MARGIN, sheet.height() - 44.0);
    double cell = size > room ? room / size : Math.floor(room / Math.max(1, size));
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        g.setColor(colour(theme, matrix.entries()[row][column]));
        g.fill(
            new Rectangle2D.Double(
                MARGIN + column * cell, 22 + row * cell, cell - gap(cell), cell - gap(cell)));
      }
    }
    if (cell >= SMALLEST_LABELLED) {
      labels(g, theme, matrix, cell);
    }
    g.setColor(theme.muted());
    Card.NOTE.draw(g, Card.NOTE.cut(note(matrix), sheet.width()), 0, sheet.height() - 6.0);
  }

  private static String note(Matrix matrix) {
    String scale = "row to column, 10⁻⁴ to 1";
    return matrix.whole() ? scale : "the text's tokens, " + scale;
  }

  private static double gap(double cell) {
    return cell >= 5 ? 1 : 0;
  }

  private static Color colour(Theme theme, double probability) {
    double share = 1 + StrictMath.log10(probability) / DECADES;
    return share > 0 ? theme.ramp(share) : theme.mask();
  }

  private static void labels(Graphics2D g, Theme theme, Matrix matrix, double cell) {
    var lettering = new Lettering(Typeface.MONO, Math.min(10, cell - 1));
    g.setColor(theme.muted());
    for (int row = 0; row < matrix.labels().size(); row++) {
      String label = lettering.cut(Visible.text(matrix.labels().get(row)), MARGIN - 6);
      lettering.drawRight(g, label, MARGIN - 4, 22 + row * cell + cell * 0.8);
    }
  }

  /**
   * A transition matrix as it is shown: whole if it is small, else the rows and columns of some
   * tokens.
   *
   * @param title what it is
   * @param labels of its rows and columns
   * @param whole whether it is all of it
   * @param entries q(column | row)
   */
  record Matrix(String title, List<String> labels, boolean whole, double[][] entries) {
    /**
     * Of a transition.
     *
     * @param shown the tokens on the screen
     */
    static Matrix of(String title, Transition transition, int[] shown, IntFunction<String> texts) {
      boolean whole = transition.size() <= Noise.LARGEST_DENSE;
      int[] tokens =
          whole
              ? IntStream.range(0, transition.size()).toArray()
              : Arrays.stream(shown).distinct().toArray();
      double[][] entries =
          Arrays.stream(tokens)
              .parallel()
              .mapToObj(
                  from -> {
                    double[] row = transition.row(from);
                    return Arrays.stream(tokens).mapToDouble(to -> row[to]).toArray();
                  })
              .toArray(double[][]::new);
      return new Matrix(title, Arrays.stream(tokens).mapToObj(texts).toList(), whole, entries);
    }
  }
}
