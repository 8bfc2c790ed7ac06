package dev.unmask.app.compare;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.History;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Sign;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.theme.Lettering;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.theme.Typeface;
import dev.unmask.app.tokens.timeline.PlayheadPainter;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Optional;

/**
 * Paints the lives of two runs on one axis, two lines a position: A's solid with filled dots where
 * it commits, the other's in its own dashes with rings. Where both hold a token and not the same, a
 * shade lies below; rows that end in different tokens name both.
 */
final class JointPainter implements Drawing<JointView> {
  private static final Lettering SMALL = new Lettering(Typeface.SANS, 10);
  private static final Lettering STRONG = new Lettering(Typeface.SANS_STRONG, 10);
  private static final double LARGEST_LABEL = 11;
  private static final double SMALLEST_LABEL = 8;
  private static final int SHADE = 34;

  @Override
  public void paint(Graphics2D g, JointView view, Theme theme) {
    Card.paint(g, view, theme, "JOINT TIMELINE");
    var painting =
        new Painting(
            g,
            view,
            theme,
            view.lives(),
            moments(view.lives().pair().left(), view.lives().leftPlaces()),
            moments(view.lives().pair().right(), view.lives().rightPlaces()));
    painting.legend();
    painting.axis();
    for (int p = view.first(); p < view.first() + painting.rows(); p++) {
      painting.row(p);
    }
    painting.labels();
    painting.flags();
    painting.playhead();
  }

  private static List<StepView> moments(History run, double[] places) {
    return run.upTo(places.length - 1);
  }

  private record Painting(
      Graphics2D g,
      JointView view,
      Theme theme,
      JointLives lives,
      List<StepView> leftMoments,
      List<StepView> rightMoments) {
    int rows() {
      return Math.min(view.rows(), lives.pair().length());
    }

    RunLetter letter() {
      return RunLetter.of(view.other());
    }

    void legend() {
      double y = Card.PADDING + 11.0;
      double x = view.width() - (double) Card.PADDING;
      x = word("tokens differ", x, y);
      g.setColor(Theme.translucent(theme.foreground(), SHADE));
      g.fill(new Rectangle2D.Double(x - 24, y - 8, 20, 9));
      x = word(letter().name(), x - 38, y);
      line(letter(), x, y);
      x = word("A", x - 46, y);
      line(RunLetter.A, x, y);
    }

    private double word(String words, double x, double y) {
      g.setColor(theme.muted());
      Card.NOTE.drawRight(g, words, x, y);
      return x - Card.NOTE.width(words) - 4;
    }

    private void line(RunLetter of, double x, double y) {
      g.setColor(theme.ink(Theme.SKY_BLUE));
      g.setStroke(of.stroke(2));
      g.draw(new Line2D.Double(x - 28, y - 4, x - 2, y - 4));
    }

    void axis() {
      JointAxis axis = view.compared().axis();
      g.setColor(theme.muted());
      SMALL.drawRight(g, axis.alignment().unit(), view.left() - 12.0, view.axisLine());
      SMALL.draw(g, "position", Card.PADDING, view.axisLine());
      for (double tick : axis.ticks(Math.max(2, (view.right() - view.left()) / 70))) {
        double x = Math.round(view.x(tick));
        g.setColor(theme.muted());
        SMALL.drawCentred(g, axis.label(tick), x, view.axisLine());
        g.setColor(theme.line());
        g.setStroke(new BasicStroke(1));
        g.draw(new Line2D.Double(x + 0.5, view.top() - 3.0, x + 0.5, view.bottom()));
      }
    }

    void row(int position) {
      double y = view.y(position);
      double height = view.rowHeight();
      if (position == view.selection()) {
        g.setColor(Theme.translucent(theme.foreground(), PlayheadPainter.BAND));
        g.fill(
            new Rectangle2D.Double(
                view.left(), y - height / 2, view.right() - view.left(), height));
      }
      g.setColor(Theme.translucent(theme.foreground(), SHADE));
      for (JointLives.Span span : lives.spans().get(position)) {
        double from = view.x(span.from());
        g.fill(
            new Rectangle2D.Double(
                from, y - height * 0.45, view.x(span.to()) - from, height * 0.9));
      }
      double apart = Math.min(height * 0.24, 4);
      life(RunLetter.A, leftMoments, lives.leftPlaces(), position, y - apart);
      life(letter(), rightMoments, lives.rightPlaces(), position, y + apart);
    }

    private void life(
        RunLetter of, List<StepView> moments, double[] places, int position, double y) {
      if (position >= moments.getFirst().looks().length) {
        return;
      }
      int from = 0;
      for (int k = 1; k <= places.length; k++) {
        boolean turns =
            k == places.length
                || looks(moments, k, position).masked() != looks(moments, from, position).masked();
        if (turns) {
          Look look = looks(moments, from, position);
          if (!look.masked()) {
            g.setColor(colour(look, position));
            g.setStroke(of.stroke(Math.min(1.6, view.rowHeight() * 0.3)));
            double end = places[Math.min(k, places.length - 1)];
            g.draw(new Line2D.Double(view.x(places[from]), y, view.x(end), y));
          }
          from = k;
        }
      }
      double radius = Math.clamp(view.rowHeight() * 0.24, 1.2, 2.8);
      for (int k = 1; k < places.length; k++) {
        sign(of, looks(moments, k, position), view.x(places[k]), y, radius);
      }
    }

    private static Look looks(List<StepView> moments, int step, int position) {
      return moments.get(step).looks()[position];
    }

    private Color colour(Look look, int position) {
      Color full =
          look == Look.GIVEN || look == Look.NOISE ? theme.muted() : theme.ink(Theme.SKY_BLUE);
      return lives.differing().get(position) ? full : Theme.mix(full, theme.panel(), 0.6);
    }

    private void sign(RunLetter of, Look look, double x, double y, double radius) {
      if (of != RunLetter.A && look == Look.COMMITTED_NOW) {
        var ring = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
        g.setColor(theme.panel());
        g.fill(ring);
        g.setColor(Theme.ORANGE);
        g.setStroke(new BasicStroke(1.1f));
        g.draw(ring);
      } else {
        Sign.paint(g, look, x, y, radius);
      }
    }

    /**
     * The selected row is named first, then those that differ, then of the others those that there
     * is room for.
     */
    void labels() {
      var taken = new boolean[view.height() + 40];
      if (view.selection() >= view.first() && view.selection() < view.first() + rows()) {
        label(view.selection(), taken);
      }
      for (int p = view.first(); p < view.first() + rows(); p++) {
        if (lives.differing().get(p)) {
          label(p, taken);
        }
      }
      for (int p = view.first(); p < view.first() + rows(); p++) {
        if (!lives.differing().get(p)) {
          label(p, taken);
        }
      }
    }

    private void label(int position, boolean[] taken) {
      boolean differs = lives.differing().get(position);
      double size = Math.clamp(view.rowHeight() * 0.85, SMALLEST_LABEL, LARGEST_LABEL);
      var lettering = new Lettering(Typeface.MONO, size);
      double base = view.y(position) + size * 0.35;
      int top = (int) Math.round(base - size * 0.8);
      for (int y = top; y < top + Math.ceil(size * 0.95); y++) {
        if (taken[Math.clamp(y, 0, taken.length - 1)]) {
          return;
        }
      }
      for (int y = top; y < top + Math.ceil(size * 0.95); y++) {
        taken[Math.clamp(y, 0, taken.length - 1)] = true;
      }
      String ours = lastOf(lives.pair().left(), lives.leftPlaces(), position);
      String theirs = lastOf(lives.pair().right(), lives.rightPlaces(), position);
      double room = view.left() - 12.0 - Card.PADDING;
      boolean strong = differs || position == view.selection();
      g.setColor(strong ? theme.foreground() : theme.muted());
      if (!differs) {
        lettering.drawRight(g, lettering.cut(ours, room), view.left() - 12.0, base);
        return;
      }
      double half = (room - lettering.width(" | ")) / 2;
      double spare = Math.max(0, half - Math.min(lettering.width(ours), lettering.width(theirs)));
      String words =
          lettering.cut(ours, half + spare) + " | " + lettering.cut(theirs, half + spare);
      lettering.drawRight(g, lettering.cut(words, room), view.left() - 12.0, base);
    }

    private static String lastOf(History run, double[] places, int position) {
      String token = JointLives.token(run, places.length - 1, position);
      return switch (token) {
        case JointLives.MASKED -> "[MASK]";
        case JointLives.NOTHING -> "–";
        default -> token;
      };
    }

    /** Both flags have lines of their own, so that they cannot lie over each other. */
    void flags() {
      double first = Card.PADDING + Card.LINE + 10.0;
      lives.parting().ifPresent(parting -> flag("First divergence", parting, first));
      lives
          .firstTokens()
          .filter(tokens -> lives.parting().filter(tokens::equals).isEmpty())
          .ifPresent(tokens -> flag("First different tokens", tokens, first + 13));
    }

    private void flag(String name, JointLives.Parting parting, double y) {
      double x = view.x(parting.place());
      g.setColor(theme.foreground());
      g.setStroke(
          new BasicStroke(
              1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {2, 3}, 0));
      // Not through the numbers of the axis.
      g.draw(new Line2D.Double(x, y - 7, x, view.axisLine() - 11.0));
      g.draw(new Line2D.Double(x, view.axisLine() + 4.0, x, view.bottom()));
      JointAxis axis = view.compared().axis();
      String head =
          "%s, %s %s · "
              .formatted(name, axis.alignment().unit(), axis.alignment().words(parting.place()));
      double width = STRONG.width(head) + SMALL.width(parting.words());
      double from = x + 5 + width <= view.width() - Card.PADDING ? x + 5 : x - 5 - width;
      double start = Math.max(Card.PADDING, from);
      g.setColor(theme.panel());
      g.fill(new Rectangle2D.Double(start - 2, y - 9, width + 4, 12));
      g.setColor(theme.foreground());
      STRONG.draw(g, head, start, y);
      g.setColor(theme.muted());
      SMALL.draw(g, parting.words(), start + STRONG.width(head), y);
      if (parting.position() >= view.first() && parting.position() < view.first() + rows()) {
        double row = view.y(parting.position());
        double half = Math.max(4, view.rowHeight() / 2);
        g.setColor(theme.foreground());
        g.setStroke(new BasicStroke(2));
        g.draw(new Line2D.Double(x, row - half, x, row + half));
      }
    }

    void playhead() {
      JointAxis axis = view.compared().axis();
      double place = view.compared().place(view.step());
      double x = view.x(place);
      g.setColor(theme.accent());
      g.setStroke(new BasicStroke(2));
      g.draw(new Line2D.Double(x, view.top() - 2.0, x, view.bottom()));
      String words = axis.alignment().words(place);
      double half = STRONG.width(words) / 2 + 5;
      double middle = Math.min(x, view.width() - half - 3);
      g.fill(
          new RoundRectangle2D.Double(middle - half, view.axisLine() - 10.5, 2 * half, 14, 6, 6));
      g.setColor(Theme.on(theme.accent()));
      STRONG.drawCentred(g, words, middle, view.axisLine());
    }
  }

  /** Where it is painted, for those who do not see it. */
  static String words(JointView view) {
    JointLives lives = view.lives();
    Optional<JointLives.Parting> tokens = lives.firstTokens();
    JointAxis axis = view.compared().axis();
    return "Lives of A and %s by %s. %s.%s"
        .formatted(
            RunLetter.of(view.other()),
            axis.alignment().unit(),
            lives.pair().summary(),
            tokens
                .map(
                    first ->
                        " First different tokens at %s %s, %s."
                            .formatted(
                                axis.alignment().unit(),
                                axis.alignment().words(first.place()),
                                first.words()))
                .orElse(""));
  }
}
