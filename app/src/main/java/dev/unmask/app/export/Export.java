package dev.unmask.app.export;

import dev.unmask.app.export.vector.VectorPicture;
import dev.unmask.app.picture.History;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a trace as pictures, in any format. */
public final class Export {
  private static final int BUFFER = 1 << 16;

  private final TraceSource source;
  private final ExportSettings settings;
  private final ExportSubject<?> subject;
  private final Clip clip;
  private final Pipeline pipeline;

  /**
   * Of a run of tokens, on all cores.
   *
   * @throws InputException if the trace has no such steps or no such view
   */
  public Export(History history, TraceSource source, ExportSettings settings) {
    this(history, source, settings, Pipeline.onAllCores());
  }

  Export(History history, TraceSource source, ExportSettings settings, Pipeline pipeline) {
    this(ExportSubject.tokens(history, settings, Optional.empty()), source, pipeline);
  }

  /**
   * Of anything, on all cores.
   *
   * @throws InputException if it has no such steps
   */
  public Export(ExportSubject<?> subject, TraceSource source) {
    this(subject, source, Pipeline.onAllCores());
  }

  private Export(ExportSubject<?> subject, TraceSource source, Pipeline pipeline) {
    this.subject = subject;
    this.source = source;
    this.pipeline = pipeline;
    settings = subject.settings();
    clip = Clip.of(settings, subject.recorded());
  }

  /**
   * Paints and writes, with a manifest beside.
   *
   * @param out whose ending names the format
   * @param resume whether what was written with the same settings before is kept
   * @return how many frames were exported
   * @throws InputException if it cannot be written; nothing unfinished is left
   * @throws java.util.concurrent.CancellationException if that was asked for; likewise
   */
  public int write(Path out, boolean resume, ExportProgress progress) {
    ExportFormat format = ExportFormat.of(out);
    format.check(settings);
    Path place = Manifest.place(out, format, source.name());
    var manifest = new Manifest(source, settings, format.still() ? clip.still() : clip);
    boolean kept = resume && continues(manifest, place);
    if (format == ExportFormat.FOLDER) {
      folder(out, manifest, place, kept, progress);
      return clip.frames();
    }
    if (!kept || !Files.exists(out)) {
      try (AtomicFile file = AtomicFile.claim(out)) {
        file.make(beside -> file(format, beside, progress));
        manifest.write(place);
      }
    }
    return manifest.clip().frames();
  }

  private static boolean continues(Manifest manifest, Path place) {
    if (Files.exists(place) && !manifest.stands(place)) {
      throw new InputException(
          "%s tells of another trace or other settings; choose another place, or leave --resume away."
              .formatted(place));
    }
    return Files.exists(place);
  }

  private void folder(
      Path folder, Manifest manifest, Path place, boolean resume, ExportProgress progress) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
    // Claimed to the end, so that no other export writes among the pictures of this one.
    try (AtomicFile claimed = AtomicFile.claim(place)) {
      claimed.write(out -> out.write(manifest.bytes()));
      int digits = Math.max(4, Integer.toString(clip.frames()).length());
      String pattern = source.name() + "_%0" + digits + "d.png";
      List<Clip.Shot> missing =
          clip.shots().stream()
              .filter(shot -> !resume || !files(folder, pattern, shot).allMatch(Files::exists))
              .toList();
      pipeline.run(
          missing.size(),
          index -> picture(missing.get(index)),
          (index, before, picture) -> Png.still(picture),
          (index, png) ->
              files(folder, pattern, missing.get(index))
                  .forEach(file -> AtomicFile.write(file, out -> out.write(png))),
          progress);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  private static Stream<Path> files(Path folder, String pattern, Clip.Shot shot) {
    return IntStream.rangeClosed(shot.first() + 1, shot.first() + shot.frames())
        .mapToObj(number -> folder.resolve(pattern.formatted(number)));
  }

  private void file(ExportFormat format, Path place, ExportProgress progress) throws IOException {
    switch (format) {
      case WEBM, MP4 -> {
        try (var video = new Video(place, format, settings)) {
          animate(video, progress);
        }
      }
      case PNG, SVG, PDF, APNG, GIF, HTML, FOLDER -> {
        try (var out = new BufferedOutputStream(Files.newOutputStream(place), BUFFER)) {
          stream(format, out, progress);
        }
      }
    }
  }

  private void stream(ExportFormat format, OutputStream out, ExportProgress progress)
      throws IOException {
    switch (format) {
      case PNG -> out.write(Png.still(picture(clip.still().shots().getFirst())));
      case SVG -> out.write(vector().svg());
      case PDF -> out.write(vector().pdf());
      case APNG ->
          animate(
              new AnimatedPng(out, settings.size(), settings.theme().theme().opaque(), clip),
              progress);
      case GIF -> animate(gif(out), progress);
      case HTML -> animate(new Html(out, settings, source.name(), clip), progress);
      case WEBM, MP4, FOLDER -> throw new IllegalArgumentException(format + " is no stream.");
    }
  }

  private VectorPicture<?> vector() {
    String title = settings.title().isEmpty() ? source.name() : settings.title();
    return subject.vector(clip.still().shots().getFirst().step(), title);
  }

  private AnimatedGif gif(OutputStream out) throws IOException {
    int last = clip.shots().size() - 1;
    List<Picture> samples =
        IntStream.of(0, last / 3, 2 * last / 3, last)
            .distinct()
            .mapToObj(index -> picture(clip.shots().get(index)))
            .toList();
    return new AnimatedGif(out, settings.size(), Palette.of(samples), clip);
  }

  private <T> void animate(Animation<T> animation, ExportProgress progress) throws IOException {
    List<Clip.Shot> shots = clip.shots();
    pipeline.run(
        shots.size(),
        index -> picture(shots.get(index)),
        animation::encode,
        (index, encoded) -> animation.add(encoded, shots.get(index)),
        progress);
    animation.finish();
  }

  private Picture picture(Clip.Shot shot) {
    Picture picture = picture(shot.step());
    int turned = (int) Math.round(shot.turned() * 256);
    return turned == 0 ? picture : picture.mixed(picture(shot.step() + 1), turned);
  }

  private Picture picture(int step) {
    return Picture.of(subject.picture(step));
  }
}
