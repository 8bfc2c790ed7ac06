package dev.unmask.app.picture;

/** Anything to be painted, in a size. */
public record Sheet<T>(T content, int width, int height) implements Paintable<Sheet<T>> {
  @Override
  public Sheet<T> sized(int newWidth, int newHeight) {
    return new Sheet<>(content, newWidth, newHeight);
  }
}
