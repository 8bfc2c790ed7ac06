package dev.unmask.app.picture;

/**
 * A drawing of several contents, of which something is the same in all. Where pixels are no larger
 * than units, both layers, one over the other, are what the drawing itself paints, to the bit.
 *
 * @param still the same for each of the contents
 * @param moving what is painted over it
 */
public record Layers<P>(Drawing<P> still, Drawing<P> moving) {
  /** Where nothing is known to be the same. */
  public static <P> Layers<P> moving(Drawing<P> drawing) {
    return new Layers<>((_, _, _) -> {}, drawing);
  }
}
