package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A <a href="https://www.w3.org/Graphics/GIF/spec-gif89a.txt">GIF</a> with one palette, which
 * repeats for ever. Of an opaque picture only what changed is written.
 */
final class AnimatedGif extends FileFormat {
  static final ExportFormat FORMAT = new AnimatedGif();

  /** What durations are counted in. */
  private static final int TICKS = 100;

  private static final int LONGEST = 0xFFFF;
  private static final int KEEP = 1;
  private static final int CLEAR = 2;

  private AnimatedGif() {
    super(".gif", "an animation that repeats, in 256 colours");
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.write(
        out ->
            export.animate(
                new Blocks(out, export.settings().size(), palette(export), export.clip()),
                progress));
  }

  /** Of pictures from the beginning to the end. */
  private static Palette palette(Export export) throws IOException {
    List<Clip.Shot> shots = export.clip().shots();
    int last = shots.size() - 1;
    List<Clip.Shot> some =
        IntStream.of(0, last / 3, 2 * last / 3, last).distinct().mapToObj(shots::get).toList();
    List<Picture> samples = new ArrayList<>();
    export.encode(
        some,
        (_, _, picture) -> picture,
        (_, picture) -> samples.add(picture),
        ExportProgress.NONE);
    return Palette.of(samples);
  }

  /** The image of a picture, compressed. */
  private record Change(Rectangle part, boolean opaque, byte[] data) {}

  /** What the file consists of. */
  private static final class Blocks implements Animation<Change> {
    private final OutputStream out;
    private final Palette palette;
    private final Clip clip;

    /** Writes what stands before the first picture. */
    Blocks(OutputStream out, PictureSize size, Palette palette, Clip clip) throws IOException {
      this.out = out;
      this.palette = palette;
      this.clip = clip;
      out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
      // A palette of 256 colours of 8 bits; a background that is the transparent one.
      out.write(
          little(7)
              .putShort((short) size.width())
              .putShort((short) size.height())
              .put(new byte[] {(byte) 0xF7, (byte) Palette.NOTHING, 0})
              .array());
      out.write(palette.bytes());
      out.write(new byte[] {0x21, (byte) 0xFF, 11});
      out.write("NETSCAPE2.0".getBytes(StandardCharsets.US_ASCII));
      out.write(new byte[] {3, 1, 0, 0, 0});
    }

    @Override
    public Change encode(int number, Picture before, Picture picture) {
      // What is transparent cannot be painted over what is there, so all of it is painted anew.
      Picture kept = picture.opaque() ? before : null;
      Rectangle part = kept == null ? picture.all() : picture.changed(kept);
      byte[] indices = new byte[part.width * part.height];
      int last = -1;
      byte index = (byte) Palette.NOTHING;
      int at = 0;
      for (int y = part.y; y < part.y + part.height; y++) {
        int from = y * picture.width() + part.x;
        for (int i = from; i < from + part.width; i++) {
          int colour = picture.colours()[i];
          boolean seen = picture.opaque() || colour >>> 24 >= 128;
          if (!seen || kept != null && kept.colours()[i] == colour) {
            indices[at++] = (byte) Palette.NOTHING;
          } else {
            index = (colour & 0xFFFFFF) == last ? index : palette.index(colour);
            last = colour & 0xFFFFFF;
            indices[at++] = index;
          }
        }
      }
      return new Change(part, picture.opaque(), Lzw.compressed(indices));
    }

    @Override
    public void add(Change change, Clip.Shot shot) throws IOException {
      int disposal = change.opaque ? KEEP : CLEAR;
      out.write(
          little(8)
              .put(new byte[] {0x21, (byte) 0xF9, 4, (byte) (disposal << 2 | 1)})
              .putShort((short) Math.min(clip.ticks(shot, TICKS), LONGEST))
              .put(new byte[] {(byte) Palette.NOTHING, 0})
              .array());
      out.write(
          little(10)
              .put((byte) 0x2C)
              .putShort((short) change.part.x)
              .putShort((short) change.part.y)
              .putShort((short) change.part.width)
              .putShort((short) change.part.height)
              .put((byte) 0)
              .array());
      out.write(change.data);
    }

    @Override
    public void finish() throws IOException {
      out.write(0x3B);
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
