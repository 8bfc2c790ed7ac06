package dev.unmask.app.picture;

/**
 * What a picture shows, in the size in which it is shown.
 *
 * @param <P> its own type
 */
public interface Paintable<P extends Paintable<P>> {
  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /** The same in another size. */
  P sized(int newWidth, int newHeight);

  /** Whether its parts have headings. */
  default boolean headed() {
    return true;
  }
}
