package dev.unmask.app.corruption;

import dev.unmask.app.corruption.MatrixPainter.HeatMap;
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
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Paints a matrix as a heat map, dark where an entry is small and light where it is large, in every
 * theme.
 */
public final class MatrixPainter implements Drawing<Sheet<HeatMap>> {
  private static final double DECADES = 4;
  private static final double SMALLEST_LABELLED = 8;
  private static final double MARGIN = 46;
  private static final Lettering FIGURE = new Lettering(Typeface.MONO, 10);
  private static final double FIGURE_HEIGHT = 15;

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
  public void paint(Graphics2D g, Sheet<HeatMap> sheet, Theme theme) {
    g.setColor(theme.panel());
    g.fillRect(0, 0, sheet.width(), sheet.height());
    Matrix matrix = which.apply(sheet.content().text());
    boolean logarithmic = sheet.content().logarithmic();
    g.setColor(theme.muted());
    Card.TITLE.draw(g, Card.TITLE.cut(matrix.title(), sheet.width()), 0, 12);
    int size = matrix.labels().size();
    double room = Math.min(sheet.width() - MARGIN, sheet.height() - 44.0);
    double cell = size > room ? room / size : Math.floor(room / Math.max(1, size));
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double entry = matrix.entries()[row][column];
        double x = MARGIN + column * cell;
        double y = 22 + row * cell;
        Color ground = theme.ramp(logarithmic ? ofDecades(entry) : entry);
        g.setColor(ground);
        g.fill(new Rectangle2D.Double(x, y, cell - gap(cell), cell - gap(cell)));
        figure(g, entry, ground, new Rectangle2D.Double(x, y, cell, cell));
      }
    }
    if (cell >= SMALLEST_LABELLED) {
      labels(g, theme, matrix, cell);
    }
    g.setColor(theme.muted());
    Card.NOTE.draw(
        g, Card.NOTE.cut(note(matrix, logarithmic), sheet.width()), 0, sheet.height() - 6.0);
  }

  private static String note(Matrix matrix, boolean logarithmic) {
    String scale = "row to column, dark %s to light 1".formatted(logarithmic ? "10⁻⁴" : "0");
    return matrix.whole() ? scale : "the text's tokens, " + scale;
  }

  /** The entry itself, where it has room. */
  private static void figure(Graphics2D g, double entry, Color ground, Rectangle2D cell) {
    String figure = String.format(Locale.ROOT, entry > 0 && entry < 0.01 ? "%.0e" : "%.2f", entry);
    if (cell.getHeight() >= FIGURE_HEIGHT && FIGURE.width(figure) <= cell.getWidth() - 4) {
      g.setColor(Theme.on(ground));
      FIGURE.drawCentred(g, figure, cell.getCenterX(), cell.getCenterY() + 3.5);
    }
  }

  private static double gap(double cell) {
    return cell >= 5 ? 1 : 0;
  }

  /** Where an entry is between 10⁻⁴ and 1, in its logarithm. */
  private static double ofDecades(double entry) {
    return Math.clamp(1 + StrictMath.log10(entry) / DECADES, 0, 1);
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
   * What is told of a text's matrices.
   *
   * @param logarithmic whether colours go by the logarithm of an entry, in place of the entry
   */
  record HeatMap(NoisedText text, boolean logarithmic) {}

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
