package dev.unmask.app.compare;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.session.FinalBound;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Paints a race: a bar a run over one clock, filled as far as it is, with a mark for each step and
 * a flag where the text can first be read from its beginning; and in figures what each has written.
 */
final class RacePainter implements Drawing<RacePainter.View> {
  private static final Lettering NAME = new Lettering(Typeface.SANS_STRONG, 12);
  private static final Lettering FIGURE = new Lettering(Typeface.SANS_STRONG, 12);
  private static final Lettering SMALL = new Lettering(Typeface.SANS, 10.5);
  private static final int HEAD = Card.PADDING + Card.LINE + 24;
  private static final int ROW = 36;

  /** From a name's letter to its words. */
  private static final double INDENT = 15;

  private static final int NAMES = 240;
  private static final int ENDS = 70;
  private static final int COLUMN = 92;

  /**
   * A race that is so far.
   *
   * @param details of each runner, beside its name; may be empty
   * @param now in seconds or evaluations
   */
  record View(
      List<RaceRunner> runners,
      List<String> details,
      RaceRunner.Clock clock,
      double now,
      String note,
      int width,
      int height)
      implements Paintable<View> {
    @Override
    public View sized(int newWidth, int newHeight) {
      return new View(runners, details, clock, now, note, newWidth, newHeight);
    }
  }

  /** How high a race of so many is. */
  static int height(int runners) {
    return HEAD + Math.max(1, runners) * ROW + 10;
  }

  @Override
  public void paint(Graphics2D g, View view, Theme theme) {
    Card.paint(g, view, theme, "RACE");
    g.setColor(theme.muted());
    Card.NOTE.drawRight(
        g,
        Card.NOTE.cut(view.note, view.width - 100.0),
        view.width - (double) Card.PADDING,
        Card.PADDING + 11.0);
    if (!view.runners.isEmpty()) {
      new Painting(g, view, theme).paint();
    }
  }

  /** What stands in the columns at the right. */
  private record Column(String name, List<String> values) {}

  private record Painting(Graphics2D g, View view, Theme theme) {
    int left() {
      return Card.PADDING + Math.min(NAMES, view.width / 5);
    }

    int right() {
      return Math.max(left() + 20, view.width - Card.PADDING - columns().size() * COLUMN - ENDS);
    }

    double end() {
      double last =
          view.runners.stream().mapToDouble(runner -> runner.end(view.clock)).max().orElse(1);
      return last > 0 ? last : 1;
    }

    double x(double then) {
      return left() + then / end() * (right() - left());
    }

    double middle(int row) {
      return HEAD + (row + 0.5) * ROW;
    }

    void paint() {
      for (int i = 0; i < view.runners.size(); i++) {
        row(i, view.runners.get(i));
      }
      columnsPainted();
      double x = x(view.now);
      g.setColor(theme.accent());
      g.setStroke(new BasicStroke(2));
      g.draw(new Line2D.Double(x, HEAD - 4.0, x, middle(view.runners.size() - 1) + ROW / 2.0));
    }

    void row(int index, RaceRunner runner) {
      double y = middle(index);
      double room = left() - Card.PADDING - 14.0;
      g.setColor(theme.foreground());
      String name = RunLetter.of(index) + "  " + runner.name();
      String details = view.details.get(index);
      NAME.draw(g, NAME.cut(name, room), Card.PADDING, details.isEmpty() ? y + 4 : y - 2);
      g.setColor(theme.muted());
      SMALL.draw(g, SMALL.cut(details, room - INDENT), Card.PADDING + INDENT, y + 11);
      double finish = x(runner.end(view.clock));
      bar(left(), finish, y, theme.mask());
      bar(left(), Math.min(finish, x(view.now)), y, Theme.SKY_BLUE);
      steps(runner, y);
      runner.firstReadable().ifPresent(step -> flag(x(runner.at(view.clock, step)), y));
      g.setColor(theme.muted());
      SMALL.draw(g, when(view.clock, runner.end(view.clock)), finish + 8, y + 4);
    }

    private void bar(double from, double to, double y, Color colour) {
      g.setColor(colour);
      g.fill(new RoundRectangle2D.Double(from, y - 3, Math.max(0, to - from), 6, 4, 4));
    }

    /** A mark where each state was there, unless there is no room between them. */
    private void steps(RaceRunner runner, double y) {
      double before = Double.NEGATIVE_INFINITY;
      g.setStroke(new BasicStroke(1));
      for (int step = 1; step <= runner.steps(); step++) {
        double x = x(runner.at(view.clock, step));
        if (x - before >= 3) {
          g.setColor(x <= x(view.now) ? theme.foreground() : theme.dim());
          g.draw(new Line2D.Double(x, y - 6, x, y + 6));
          before = x;
        }
      }
    }

    private void flag(double x, double y) {
      var flag = new Path2D.Double();
      flag.moveTo(x, y - 7);
      flag.lineTo(x - 4, y - 14);
      flag.lineTo(x + 4, y - 14);
      flag.closePath();
      g.setColor(Theme.ORANGE);
      g.fill(flag);
    }

    private List<Column> columns() {
      List<RaceRunner> runners = view.runners;
      List<Column> columns = new ArrayList<>();
      columns.add(
          column(
              "tokens",
              runner ->
                  "%d of %d".formatted(runner.tokens(now(runner)), runner.tokens(runner.steps()))));
      columns.add(
          column(
              "NFE",
              runner ->
                  runner.knows(RaceRunner.Clock.EVALUATIONS)
                      ? "%d of %d"
                          .formatted(
                              runner.evaluations(now(runner)), runner.evaluations(runner.steps()))
                      : "–"));
      columns.add(
          column(
              "first readable",
              runner ->
                  runner.firstReadable().isPresent()
                      ? when(view.clock, runner.at(view.clock, runner.firstReadable().getAsInt()))
                      : "–"));
      if (runners.stream().allMatch(runner -> runner.knows(RaceRunner.Clock.TIME))) {
        columns.add(
            column(
                "tokens a second",
                runner ->
                    runner.tokensPerSecond().isPresent()
                        ? String.format(Locale.ROOT, "%.0f", runner.tokensPerSecond().getAsDouble())
                        : "–"));
        columns.add(column("bound", runner -> runner.bound().map(FinalBound::figures).orElse("–")));
      }
      return columns;
    }

    private int now(RaceRunner runner) {
      return runner.step(view.clock, view.now);
    }

    private Column column(String name, Function<RaceRunner, String> value) {
      return new Column(name, view.runners.stream().map(value).toList());
    }

    private void columnsPainted() {
      List<Column> columns = columns();
      for (int i = 0; i < columns.size(); i++) {
        double x = view.width - Card.PADDING - (columns.size() - 1.0 - i) * COLUMN;
        g.setColor(theme.muted());
        SMALL.drawRight(g, columns.get(i).name, x, HEAD - 10.0);
        g.setColor(theme.foreground());
        for (int row = 0; row < columns.get(i).values.size(); row++) {
          FIGURE.drawRight(g, columns.get(i).values.get(row), x, middle(row) + 4);
        }
      }
    }
  }

  /** A moment of a race for people. */
  static String when(RaceRunner.Clock clock, double then) {
    return switch (clock) {
      case EVALUATIONS -> "NFE %d".formatted(Math.round(then));
      case TIME ->
          then < 1
              ? String.format(Locale.ROOT, "%.0f ms", then * 1000)
              : String.format(Locale.ROOT, "%.2f s", then);
    };
  }
}
