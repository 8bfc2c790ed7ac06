package dev.unmask.app.export.vector;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.function.Consumer;

/** Shapes in the letters that SVG and PDF have for them. */
final class Outlines {
  private Outlines() {}

  /** As the data of an SVG path. */
  static String svg(Shape shape) {
    var out = new StringBuilder();
    double[] c = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(c)) {
        case PathIterator.SEG_MOVETO -> segment(out.append('M'), c, 2);
        case PathIterator.SEG_LINETO -> segment(out.append('L'), c, 2);
        case PathIterator.SEG_QUADTO -> segment(out.append('Q'), c, 4);
        case PathIterator.SEG_CUBICTO -> segment(out.append('C'), c, 6);
        default -> out.append('Z');
      }
    }
    return out.toString();
  }

  private static void segment(StringBuilder out, double[] c, int count) {
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : " ").append(number(c[i]));
    }
  }

  /** As PDF's operators, a line each. */
  static void pdf(Shape shape, Consumer<String> out) {
    double[] c = new double[6];
    double x = 0;
    double y = 0;
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(c)) {
        case PathIterator.SEG_MOVETO -> {
          out.accept(numbers(c[0], c[1]) + "m");
          x = c[0];
          y = c[1];
        }
        case PathIterator.SEG_LINETO -> {
          out.accept(numbers(c[0], c[1]) + "l");
          x = c[0];
          y = c[1];
        }
        case PathIterator.SEG_QUADTO -> {
          double firstX = x + (c[0] - x) * 2 / 3;
          double firstY = y + (c[1] - y) * 2 / 3;
          double secondX = c[2] + (c[0] - c[2]) * 2 / 3;
          double secondY = c[3] + (c[1] - c[3]) * 2 / 3;
          out.accept(numbers(firstX, firstY, secondX, secondY, c[2], c[3]) + "c");
          x = c[2];
          y = c[3];
        }
        case PathIterator.SEG_CUBICTO -> {
          out.accept(numbers(c[0], c[1], c[2], c[3], c[4], c[5]) + "c");
          x = c[4];
          y = c[5];
        }
        default -> out.accept("h");
      }
    }
  }

  /** Numbers with a space behind each. */
  static String numbers(double... values) {
    var out = new StringBuilder();
    for (double value : values) {
      out.append(number(value)).append(' ');
    }
    return out.toString();
  }

  /** A number to three digits behind the point, as short as can be. */
  static String number(double value) {
    long thousandths = Math.round(value * 1000);
    long size = Math.abs(thousandths);
    String sign = thousandths < 0 ? "-" : "";
    String digits = size % 1000 == 0 ? "" : "." + Long.toString(1000 + size % 1000).substring(1);
    return sign + size / 1000 + digits.replaceFirst("0+$", "");
  }
}
