package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** The bundled <a href="https://ffmpeg.org">FFmpeg</a>, which encodes videos. */
final class Ffmpeg {
  private Ffmpeg() {}

  /**
   * Where the program is, unpacked once for a user.
   *
   * @throws InputException if it is not part of this distribution
   */
  static String program() {
    try {
      return Loader.load(ffmpeg.class);
    } catch (LinkageError e) {
      throw new InputException(
          "Videos cannot be written, because this distribution has no FFmpeg for %s; choose .gif, .apng or .html, or a folder of pictures."
              .formatted(Loader.getPlatform()),
          e);
    }
  }
}
