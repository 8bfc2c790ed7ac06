package dev.unmask.engine.reference;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.sampler.SamplerPermission;
import dev.unmask.engine.trace.ImageTraceFile;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Repeats recordings of reference implementations, and this program's own traces, and says whether
 * the same comes out.
 *
 * @param models the bundled ones, which traces name
 * @param threads for models that compute
 * @param samplers which of people's own may be run, where a trace names one
 */
public record Verification(ModelFolders models, int threads, SamplerPermission samplers) {
  private static final List<Format> FORMATS =
      List.of(
          new LladaGeneration(),
          new TransformerForward(),
          new DitForward(),
          new BlockDiffusionMask(),
          new Bd3lmSampling(),
          new LladaLikelihoodRecording(),
          new D3pmMatrices(),
          new MdlmSampling(),
          new SeddSampling(),
          new UdlmSampling(),
          new DuoSampling(),
          new GiddSampling(),
          new DiffusionGemmaGeneration(),
          new DreamSampling(),
          new FastDllmGeneration(),
          new DinferDecoding(),
          new Llada2Generation(),
          new WinoDecoding(),
          new MaskgitDecoding(),
          new HaltonSampling(),
          new P2Sampling());

  /** What lies among recordings and is none: numbers that they were made with. */
  private static final Set<String> TABLES =
      Set.of("torch_rng.json", "torch_multinomial.json", "jax_threefry.json", "mask_schedule.json");

  /** With samplers that are built in alone. */
  public Verification(ModelFolders models, int threads) {
    this(models, threads, SamplerPermission.NONE);
  }

  /**
   * The cases under a path: the file itself, or of a folder and all below it every trace and every
   * .json but *.config.json and the tables of numbers, sorted.
   *
   * @throws InputException if it cannot be read or is no case
   */
  public static List<Path> cases(Path path) {
    if (!Files.isReadable(path)) {
      throw new InputException(path + " is not there or cannot be read; check the path.");
    }
    if (Files.isRegularFile(path) && !isCase(path)) {
      throw new InputException(
          "%s is neither a recording (.json) nor a trace (%s); give one of these or a folder."
              .formatted(path, TraceFile.EXTENSION));
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Verification::isCase).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean isCase(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (isTrace(name) || name.endsWith(".json"))
        && !name.endsWith(".config.json")
        && !TABLES.contains(name);
  }

  private static boolean isTrace(String name) {
    return name.endsWith(TraceFile.EXTENSION);
  }

  /** Repeats a case of one run. */
  public Outcome check(Path file) {
    return outcomes(file).getFirst();
  }

  /** Repeats a case, of one run or of many. */
  public List<Outcome> outcomes(Path file) {
    try {
      if (isTrace(file.toString())) {
        return List.of(
            ImageTraceFile.is(file)
                ? new ImageRepetition(models.images(), threads).check(file)
                : new TraceRepetition(models, threads, samplers).check(file));
      }
      Recording recording = Recording.read(file);
      return SchedulerRecordings.recognises(recording)
          ? SchedulerRecordings.outcomes(recording)
          : List.of(repeat(recording));
    } catch (InputException e) {
      return List.of(new Outcome.Unreadable(file.toString(), e.getMessage()));
    }
  }

  /** What is set that nothing here takes account of, in words. */
  static Optional<String> unknown(Recording recording, Set<String> known) {
    return recording.settings().entrySet().stream()
        .filter(setting -> !known.contains(setting.getKey()))
        .filter(
            setting ->
                known.stream()
                    .noneMatch(all -> all.endsWith("/") && setting.getKey().startsWith(all)))
        .findFirst()
        .map(
            setting ->
                "its %s is %s, which nothing here takes account of"
                    .formatted(setting.getKey(), setting.getValue()));
  }

  private Outcome repeat(Recording recording) {
    String name = recording.file().toString();
    Optional<Format> format =
        FORMATS.stream().filter(known -> known.recognises(recording)).findFirst();
    if (format.isEmpty()) {
      return new Outcome.Unchecked(
          name,
          recording.source().isEmpty()
              ? "it is no recording of a run"
              : "nothing here repeats " + recording.source());
    }
    Optional<String> unknown = unknown(recording, format.get().settings());
    if (unknown.isPresent()) {
      return new Outcome.Unchecked(name, unknown.get());
    }
    return format
        .get()
        .difference(recording, threads)
        .<Outcome>map(where -> new Outcome.Differs(name, where))
        .orElseGet(() -> new Outcome.Equal(name));
  }
}
