package dev.unmask.engine.convert;

import dev.unmask.engine.trace.StoredTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceKind;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/** Reads what other tools write, told by what is in a file and not by its name. */
public final class Conversion {
  private static final List<ForeignFormat> FORMATS =
      List.of(
          new DiffusersTrajectory(),
          new PredictionHistory(),
          new StepMap(),
          new JsonLines(),
          new StateHistory(),
          new SampleProcess());

  private Conversion() {}

  /**
   * A run out of another tool's file.
   *
   * @throws dev.unmask.engine.InputException if it is a pickle, of no known format, or broken
   */
  public static Imported read(Path path, Choices choices) {
    ForeignFile file = new ForeignFile(path);
    List<Item> roots = file.read();
    ForeignFormat format =
        FORMATS.stream()
            .filter(known -> known.recognises(roots))
            .findFirst()
            .orElseThrow(() -> file.bad("it is of no format that is known here"));
    return format.read(file, roots, choices).imported(file, choices);
  }

  /**
   * Opens a trace, or another tool's file as one.
   *
   * @throws dev.unmask.engine.InputException if it is neither
   */
  public static StoredTrace<TokenState, TokenRecord> open(Path path) {
    return TraceFile.is(path) ? TraceKind.TOKENS.open(path) : read(path, Choices.NONE).stored();
  }

  /**
   * The same, where a trace's file is mapped for as long as an arena lives; closing the trace does
   * nothing.
   *
   * @throws dev.unmask.engine.InputException if it is neither
   */
  public static StoredTrace<TokenState, TokenRecord> open(Path path, Arena arena) {
    return TraceFile.is(path)
        ? TraceKind.TOKENS.open(path, arena)
        : read(path, Choices.NONE).stored();
  }
}
