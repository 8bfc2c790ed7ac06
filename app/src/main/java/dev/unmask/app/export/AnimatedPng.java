package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** An APNG that holds of each picture only what changed, and repeats for ever. */
final class AnimatedPng extends FileFormat {
  static final ExportFormat FORMAT = new AnimatedPng();

  /** What durations are counted in. */
  private static final int TICKS = 1000;

  private AnimatedPng() {
    super(".apng", "an animation that repeats");
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.write(out -> export.animate(new Chunks(out, export.settings(), export.clip()), progress));
  }

  /**
   * What changed from a picture to the next.
   *
   * @param data compressed
   */
  private record Change(Rectangle part, byte[] data) {}

  /** What the file consists of. */
  private static final class Chunks implements Animation<Change> {
    private final OutputStream out;
    private final Clip clip;
    private int sequence;

    /** Writes what stands before the first picture. */
    Chunks(OutputStream out, ExportSettings settings, Clip clip) throws IOException {
      PictureSize size = settings.size();
      boolean opaque = settings.theme().theme().opaque();
      this.out = out;
      this.clip = clip;
      int pictures = clip.shots().size();
      out.write(Png.header(size.width(), size.height(), opaque));
      out.write(Png.chunk("acTL", ByteBuffer.allocate(8).putInt(pictures).putInt(0).array()));
    }

    @Override
    public Change encode(int index, Picture before, Picture picture) {
      Rectangle part = before == null ? picture.all() : picture.changed(before);
      return new Change(part, Png.compressed(picture, part));
    }

    @Override
    public void add(Change change, Clip.Shot shot) throws IOException {
      boolean first = sequence == 0;
      out.write(Png.chunk("fcTL", control(change.part, clip.ticks(shot, TICKS))));
      if (first) {
        out.write(Png.chunk("IDAT", change.data));
      } else {
        var data = ByteBuffer.allocate(4 + change.data.length).putInt(sequence++).put(change.data);
        out.write(Png.chunk("fdAT", data.array()));
      }
    }

    @Override
    public void finish() throws IOException {
      out.write(Png.end());
    }

    private byte[] control(Rectangle part, int milliseconds) {
      // Sixteen bits of milliseconds are a minute; what lasts longer is counted in tenths.
      int divisor = milliseconds < 1 << 16 ? 1 : 100;
      return ByteBuffer.allocate(26)
          .putInt(sequence++)
          .putInt(part.width)
          .putInt(part.height)
          .putInt(part.x)
          .putInt(part.y)
          .putShort((short) (milliseconds / divisor))
          .putShort((short) (TICKS / divisor))
          .array();
    }
  }
}
