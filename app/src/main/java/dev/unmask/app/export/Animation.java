package dev.unmask.app.export;

import java.io.IOException;

/**
 * A file that is written picture by picture.
 *
 * @param <T> a picture as it is written
 */
interface Animation<T> {
  /**
   * What is to be written of a picture; on any thread.
   *
   * @param index of the picture, from 0
   * @param before the picture before, null before the first
   */
  T encode(int index, Picture before, Picture picture);

  /** Writes a picture; in order, on one thread. */
  void add(T encoded, Clip.Shot shot) throws IOException;

  /** Writes what stands after the last picture. */
  void finish() throws IOException;
}
