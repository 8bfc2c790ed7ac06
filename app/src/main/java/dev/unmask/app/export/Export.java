package dev.unmask.app.export;

import dev.unmask.app.export.vector.VectorPicture;
import dev.unmask.app.picture.History;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a trace as pictures, in any format. */
public final class Export {
  private final TraceSource source;
  private final ExportSettings settings;
  private final ExportSubject<?> subject;
  private final Clip clip;
  private final Pipeline pipeline;
  private final Reel reel;

  /**
   * Of a run of tokens, on all cores.
   *
   * @throws InputException if the trace has no such steps or no such view
   */
  public Export(History history, TraceSource source, ExportSettings settings) {
    this(history, source, settings, Pipeline.onAllCores(settings.size()));
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
    this(subject, source, Pipeline.onAllCores(subject.settings().size()));
  }

  private Export(ExportSubject<?> subject, TraceSource source, Pipeline pipeline) {
    this(subject, source, pipeline, Clip.of(subject.settings(), subject.recorded()));
  }

  /**
   * Of a part of it.
   *
   * @param clip the shots, of those that the settings ask for
   */
  Export(ExportSubject<?> subject, TraceSource source, Pipeline pipeline, Clip clip) {
    this.subject = subject;
    this.source = source;
    this.pipeline = pipeline;
    this.clip = clip;
    settings = subject.settings();
    Clip.Shot last = clip.shots().getLast();
    int to = last.turned() > 0 ? last.step() + 1 : last.step();
    reel = Reel.of(subject, clip.shots().getFirst().step(), to, pipeline.ahead());
  }

  /**
   * Paints and writes, with a manifest beside.
   *
   * @param out whose ending names the format
   * @param resume whether what was written with the same settings before is kept
   * @return how many frames were exported
   * @throws InputException if it cannot be written; nothing unfinished is left
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; likewise
   */
  public int write(Path out, boolean resume, ExportProgress progress) {
    ExportFormat format = ExportFormats.of(out);
    format.check(settings);
    var manifest = new Manifest(source, settings, format.still() ? clip.still() : clip);
    boolean kept = resume && manifest.continues(format.manifest(out, name()));
    format.write(this, out, manifest, kept, progress);
    return manifest.clip().frames();
  }

  /** What decides how it looks. */
  ExportSettings settings() {
    return settings;
  }

  /** When which step is shown. */
  Clip clip() {
    return clip;
  }

  /** The trace's. */
  String name() {
    return source.name();
  }

  /** The one that was chosen, or the trace's name. */
  String title() {
    return settings.title().isEmpty() ? name() : settings.title();
  }

  /** Writes every picture, and what stands after the last. */
  <T> void animate(Animation<T> animation, ExportProgress progress) throws IOException {
    List<Clip.Shot> shots = clip.shots();
    encode(
        shots,
        animation::encode,
        (index, encoded) -> animation.add(encoded, shots.get(index)),
        progress);
    animation.finish();
  }

  /** Has pictures painted and encoded, on several threads, and written in their order. */
  <T> void encode(
      List<Clip.Shot> shots,
      Pipeline.Encoder<T> encoder,
      Pipeline.Sink<T> sink,
      ExportProgress progress)
      throws IOException {
    pipeline.run(shots.size(), index -> picture(shots.get(index)), encoder, sink, progress);
  }

  /** What is seen last, as shapes. */
  VectorPicture<?> vector() {
    return subject.vector(clip.still().shots().getFirst().step(), title());
  }

  /** What is seen last. */
  Picture last() {
    return Picture.of(subject.picture(clip.still().shots().getFirst().step()));
  }

  /** What is seen. */
  private Picture picture(Clip.Shot shot) {
    int turned = (int) Math.round(shot.turned() * 256);
    if (turned == 0) {
      return reel.at(shot.step());
    }
    // The later one first: another thread is likely to be painting the other.
    Picture next = reel.at(shot.step() + 1);
    return reel.at(shot.step()).mixed(next, turned);
  }
}
