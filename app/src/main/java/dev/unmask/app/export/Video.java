package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/**
 * A video that FFmpeg encodes from the pixels that it is sent: every frame, because a player may
 * show frames at no other times than those of its rate.
 */
final class Video extends FileFormat {
  /** Of VP9: 0 loses nothing, 63 most. Drawings need fewer bits than films, and show more. */
  private static final String QUALITY = "24";

  /** H.264's encoder knows no quality: bits a pixel and frame, for drawings. */
  private static final double BITS = 0.2;

  private static final long LEAST_RATE = 2_000_000;

  static final ExportFormat WEBM =
      new Video(".webm", "a video, VP9, by the bundled FFmpeg", true, "", settings -> vp9());

  /** H.264 halves the colours' resolution, and so needs even sides. */
  static final ExportFormat MP4 =
      new Video(
          ".mp4",
          "a video, H.264, by the bundled FFmpeg",
          false,
          ",pad=ceil(iw/2)*2:ceil(ih/2)*2",
          Video::h264);

  private final boolean transparent;
  private final String filter;
  private final Function<ExportSettings, List<String>> codec;

  /**
   * Of a codec.
   *
   * @param transparent whether it can be
   * @param filter what else FFmpeg does with the pixels
   * @param codec FFmpeg's options
   */
  private Video(
      String ending,
      String description,
      boolean transparent,
      String filter,
      Function<ExportSettings, List<String>> codec) {
    super(ending, description);
    this.transparent = transparent;
    this.filter = filter;
    this.codec = codec;
  }

  @Override
  void check(ExportSettings settings) {
    if (!transparent && !settings.theme().theme().opaque()) {
      throw new InputException(
          "An %s cannot be transparent; choose .webm, or another theme.".formatted(ending()));
    }
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.make(
        beside -> {
          try (Encoder encoder = encoder(Ffmpeg.program(), beside, export.settings())) {
            export.animate(encoder, progress);
          }
        });
  }

  /** Starts the encoder, which writes to a place. */
  Encoder encoder(String program, Path place, ExportSettings settings) throws IOException {
    return new Encoder(program, place, command(program, place, settings));
  }

  private List<String> command(String program, Path place, ExportSettings settings) {
    PictureSize size = settings.size();
    boolean opaque = settings.theme().theme().opaque();
    List<String> command = new ArrayList<>(List.of(program, "-v", "error", "-y"));
    String rate = Double.toString(settings.fps());
    String extent = size.width() + "x" + size.height();
    String layout = opaque ? "bgr0" : "bgra";
    command.addAll(List.of("-f", "rawvideo", "-pix_fmt", layout, "-s", extent, "-r", rate));
    String matrix = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd" + filter;
    command.addAll(List.of("-i", "-", "-vf", matrix));
    command.addAll(List.of("-pix_fmt", opaque ? "yuv420p" : "yuva420p", "-colorspace", "bt709"));
    command.addAll(List.of("-color_primaries", "bt709", "-color_trc", "bt709"));
    command.addAll(codec.apply(settings));
    command.add(place.toString());
    return command;
  }

  private static List<String> vp9() {
    String threads = Integer.toString(Runtime.getRuntime().availableProcessors());
    return List.of(
        "-c:v",
        "libvpx-vp9",
        "-crf",
        QUALITY,
        "-b:v",
        "0",
        "-auto-alt-ref",
        "0",
        "-deadline",
        "realtime",
        "-cpu-used",
        "6",
        "-row-mt",
        "1",
        "-threads",
        threads,
        "-f",
        "webm");
  }

  private static List<String> h264(ExportSettings settings) {
    PictureSize size = settings.size();
    double rate = Math.max(LEAST_RATE, BITS * size.width() * size.height() * settings.fps());
    return List.of(
        "-c:v",
        "libopenh264",
        "-b:v",
        String.format(Locale.ROOT, "%.0f", rate),
        "-movflags",
        "+faststart",
        "-f",
        "mp4");
  }

  /** FFmpeg at work. */
  static final class Encoder implements Animation<byte[]>, AutoCloseable {
    private final String program;
    private final Path place;
    private final Process process;
    private final OutputStream pixels;
    private final CompletableFuture<String> said;
    private int frames;

    private Encoder(String program, Path place, List<String> command) throws IOException {
      this.program = program;
      this.place = place;
      process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      pixels = process.getOutputStream();
      said = CompletableFuture.supplyAsync(this::listen);
    }

    private String listen() {
      try (var errors = process.getErrorStream()) {
        String all = new String(errors.readAllBytes(), StandardCharsets.UTF_8);
        return all.lines().findFirst().orElse("it ended without a word");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] encode(int index, Picture before, Picture picture) {
      byte[] bytes = new byte[4 * picture.colours().length];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(picture.colours());
      return bytes;
    }

    @Override
    public void add(byte[] bytes, Clip.Shot shot) throws IOException {
      try {
        for (int i = 0; i < shot.frames(); i++) {
          pixels.write(bytes);
          frames++;
        }
      } catch (IOException e) {
        // What the encoder said explains more than that it listens no longer.
        throw new IOException("FFmpeg says " + said.join(), e);
      }
    }

    @Override
    public void finish() throws IOException {
      pixels.close();
      try {
        if (process.waitFor() != 0 || !holdsAll()) {
          throw new IOException("FFmpeg says " + said.join());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("The export was interrupted.");
      }
    }

    /**
     * Whether every frame can be read back from the file. FFmpeg tells of a full disk, and then
     * ends as if all were well.
     */
    private boolean holdsAll() throws IOException, InterruptedException {
      List<String> command =
          new ArrayList<>(List.of(program, "-nostdin", "-v", "error", "-xerror"));
      command.addAll(List.of("-fflags", "+discardcorrupt", "-i", place.toString()));
      command.addAll(List.of("-map", "0:v:0", "-c", "copy", "-f", "framecrc", "-"));
      Process reader = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (var lines = reader.inputReader(StandardCharsets.UTF_8)) {
        List<String> told = lines.lines().filter(line -> !line.startsWith("#")).toList();
        boolean sound = told.stream().allMatch(line -> line.startsWith("0,"));
        return reader.waitFor() == 0 && sound && told.size() == frames;
      } finally {
        reader.destroyForcibly();
      }
    }

    /** Ends the encoder, if it has not ended. */
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** The bundled <a href="https://ffmpeg.org">FFmpeg</a>, which encodes videos. */
  static final class Ffmpeg {
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
}
