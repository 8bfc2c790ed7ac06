package dev.unmask.engine.reference;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
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
        return List.of(new TraceRepetition(models, threads, samplers).check(file));
      }
      return repeat(Recording.read(file));
    } catch (InputException e) {
      return List.of(new Outcome.Unreadable(file.toString(), e.getMessage()));
    }
  }

  private List<Outcome> repeat(Recording recording) {
    return ServiceLoader.load(Format.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> format.recognises(recording))
        .findFirst()
        .map(format -> format.outcomes(recording, threads))
        .orElseGet(() -> List.of(unrecognised(recording)));
  }

  private static Outcome unrecognised(Recording recording) {
    return new Outcome.Unchecked(
        recording.file().toString(),
        recording.source().isEmpty()
            ? "it is no recording of a run"
            : "nothing here repeats " + recording.source());
  }
}
