package dev.unmask.app.export;

import dev.unmask.app.picture.Drawing;
import dev.unmask.app.picture.Layers;
import dev.unmask.app.picture.Paintable;
import dev.unmask.app.picture.Status;
import dev.unmask.app.theme.Theme;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An exported picture: views on a mount, and the line of figures below them.
 *
 * @param mounted whether the mount itself is painted
 * @param figures of the line below
 */
record Composition<P extends Paintable<P>>(
    Mount mount, boolean mounted, List<Part<P>> parts, Function<P, List<Status.Figure>> figures)
    implements Drawing<P> {
  /** A view in its place. */
  record Part<P extends Paintable<P>>(Drawing<P> view, Rectangle place) {
    void paint(Graphics2D g, P content, Theme theme) {
      Graphics2D within = (Graphics2D) g.create(place.x, place.y, place.width, place.height);
      try {
        view.paint(within, sized(content), theme);
      } finally {
        within.dispose();
      }
    }

    private P sized(P content) {
      return content.sized(place.width, place.height);
    }

    private Layers<P> layers(List<P> contents) {
      return view.layers(contents.stream().map(this::sized).toList());
    }
  }

  @Override
  public void paint(Graphics2D g, P content, Theme theme) {
    if (mounted) {
      mount.paint(g, content.width(), content.height(), theme);
    }
    parts.forEach(part -> part.paint(g, content, theme));
    Rectangle room = mount.room(content.width(), content.height());
    mount.status(g, figures.apply(content), theme, room);
  }

  @Override
  public Layers<P> layers(List<P> contents) {
    List<Part<P>> still = new ArrayList<>();
    List<Part<P>> moving = new ArrayList<>();
    for (Part<P> part : parts) {
      Layers<P> layers = part.layers(contents);
      still.add(new Part<>(layers.still(), part.place));
      moving.add(new Part<>(layers.moving(), part.place));
    }
    return new Layers<>(
        new Composition<>(mount, mounted, still, _ -> List.of()),
        new Composition<>(mount, false, moving, figures));
  }
}
