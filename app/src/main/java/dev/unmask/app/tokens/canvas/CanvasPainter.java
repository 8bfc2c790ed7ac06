package dev.unmask.app.tokens.canvas;

import dev.unmask.app.picture.Card;
import dev.unmask.app.picture.Cell;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Painter;
import dev.unmask.app.picture.Shading;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.TextView;
import dev.unmask.app.theme.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.RoundRectangle2D;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Paints the sequence at the playhead: a cell a position, with the legend above. */
public final class CanvasPainter implements Painter {
  private final boolean legend;

  /** Tells what the colours mean. */
  public CanvasPainter() {
    this(true);
  }

  /** Tells what the colours mean, or does not. */
  public CanvasPainter(boolean legend) {
    this.legend = legend;
  }

  @Override
  public void paint(Graphics2D g, Frame frame, Theme theme) {
    ground(g, frame, theme);
    cells(frame).paint(g, frame, theme);
  }

  @Override
  public Layers<Frame> layers(List<Frame> frames) {
    boolean sameSlots = frames.stream().map(f -> f.state().length()).distinct().count() == 1;
    if (!sameSlots || legend && !Legend.isSame(frames)) {
      return Layers.moving(this);
    }
    Layers<Frame> cells = cells(frames.getFirst()).layers(frames);
    return new Layers<>(
        (g, frame, theme) -> {
          ground(g, frame, theme);
          cells.still().paint(g, frame, theme);
        },
        cells.moving());
  }

  private void ground(Graphics2D g, Frame frame, Theme theme) {
    Card.paint(g, frame, theme, "CANVAS");
    if (legend) {
      Legend.paint(g, frame, theme);
    }
  }

  private Cells cells(Frame frame) {
    var all = new BitSet();
    all.set(0, frame.state().length());
    return new Cells(all, frame.selection());
  }

  /**
   * The cells of some positions.
   *
   * @param ringed the position that is marked; none for one that there is not
   */
  private record Cells(BitSet positions, int ringed) implements Painter {
    private static final int NONE = -1;

    @Override
    public void paint(Graphics2D g, Frame frame, Theme theme) {
      CanvasLayout layout = CanvasLayout.below(Card.LINE, frame);
      List<Rectangle> slots = layout.slots();
      Shape all = g.getClip();
      if (layout.further() > 0) {
        bar(g, layout, frame.view().text(), theme);
        g.clip(layout.area());
      }
      var shown = Shown.of(frame, theme);
      var painter = new CellPainter(g, theme, frame.confidences(), layout.type(), frame.view());
      positions.stream().filter(layout::shows).forEach(p -> shown.paint(painter, p, slots.get(p)));
      if (ringed >= 0 && ringed < slots.size()) {
        ring(g, slots.get(ringed), theme);
      }
      g.setClip(all);
    }

    @Override
    public Layers<Frame> layers(List<Frame> frames) {
      var still = (BitSet) positions.clone();
      Shown first = Shown.of(frames.getFirst());
      for (Frame frame : frames) {
        Shown other = Shown.of(frame);
        still.stream().filter(p -> !other.same(first, p)).forEach(still::clear);
      }
      var moving = (BitSet) positions.clone();
      moving.andNot(still);
      return new Layers<>(new Cells(still, NONE), new Cells(moving, ringed));
    }
  }

  /** What is seen of a position. */
  private record Shown(Frame frame, StepView moment, Shading shading) {
    static Shown of(Frame frame, Theme theme) {
      return new Shown(frame, frame.moment(), new Shading(frame, theme));
    }

    /** In any theme: what is the same in one is the same in all. */
    static Shown of(Frame frame) {
      return of(frame, Theme.DARK);
    }

    void paint(CellPainter painter, int position, Rectangle slot) {
      Cell cell = cell(position);
      Optional<Color> shade = colour(position).filter(_ -> cell.look() != Look.GIVEN);
      painter.paint(cell, slot, shade);
      shade.ifPresent(colour -> painter.value(shading.figure(moment, position), slot, colour));
    }

    boolean same(Shown other, int position) {
      return cell(position).equals(other.cell(position))
          && colour(position).equals(other.colour(position));
    }

    Cell cell(int position) {
      return Cell.at(moment, position, frame.trace().header());
    }

    Optional<Color> colour(int position) {
      return shading.colour(moment, position);
    }
  }

  /** The position whose cell is painted at this point, −1 if there is none. */
  public static int positionAt(Frame frame, double x, double y) {
    return new CanvasPainter().position(frame, x, y);
  }

  /** Where a position's cell is painted; empty for no position. */
  public static Optional<Rectangle> cellOf(Frame frame, int position) {
    return new CanvasPainter().cell(frame, position);
  }

  /** Where this one paints a position's cell; empty for no position. */
  public Optional<Rectangle> cell(Frame frame, int position) {
    return position < 0 || position >= frame.state().length()
        ? Optional.empty()
        : Optional.of(CanvasLayout.below(Card.LINE, frame))
            .filter(layout -> layout.shows(position))
            .map(layout -> layout.slots().get(position));
  }

  /** The position whose cell this one paints at a point, −1 if there is none. */
  public int position(Frame frame, double x, double y) {
    return CanvasLayout.below(Card.LINE, frame).at(x, y);
  }

  /** How much of the text is in view, and where that lies. */
  private static void bar(Graphics2D g, CanvasLayout layout, TextView text, Theme theme) {
    Rectangle area = layout.area();
    double whole = area.height + layout.further();
    double from = Math.min(text.from(), layout.further());
    g.setColor(theme.dim());
    g.fill(
        new RoundRectangle2D.Double(
            area.getMaxX() + 5,
            area.y + from / whole * area.height,
            4,
            area.height / whole * area.height,
            4,
            4));
  }

  private static void ring(Graphics2D g, Rectangle slot, Theme theme) {
    g.setColor(theme.foreground());
    g.setStroke(new BasicStroke(2));
    g.draw(
        new RoundRectangle2D.Double(
            slot.x - 3, slot.y - 3, slot.width + 6, slot.height + 6, 14, 14));
  }
}
