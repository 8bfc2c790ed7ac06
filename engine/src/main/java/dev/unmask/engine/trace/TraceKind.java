package dev.unmask.engine.trace;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.SafetensorsFile;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What a run is of, and so what its trace's tensors are.
 *
 * @param <S> a state
 * @param <T> a step
 */
public final class TraceKind<S, T extends StepRecord<S>> {
  /** Sequences of tokens; only {@code tokens} is required. */
  public static final TraceKind<TokenState, TokenRecord> TOKENS =
      new TraceKind<>("tokens", new TokenRows());

  /**
   * Batches of images, or of points: {@code x} float32 [S + 1, N, C, H, W] and {@code
   * predicted_x0}, {@code predicted_noise} float32 [S, N, C, H, W], {@code time}, {@code alpha} and
   * {@code sigma} float64 [S + 1], {@code evaluations} int32 [S]. Only x is required.
   */
  public static final TraceKind<BatchState, ImageRecord> IMAGES =
      new TraceKind<>("images", new ImageRows());

  /**
   * Models that learn: {@code learner} float32 [S + 1, P], all that training goes on from, {@code
   * training_step} int32 [S + 1] and {@code losses} float32 [S, L].
   */
  public static final TraceKind<TrainingState, TrainingRecord> TRAININGS =
      new TraceKind<>("a training", new TrainingRows());

  /** Of what names tensors of two kinds, the first is what it is. */
  private static final List<TraceKind<?, ?>> ALL = List.of(TOKENS, IMAGES, TRAININGS);

  private final String word;
  private final TraceRows<S, T> rows;

  private TraceKind(String word, TraceRows<S, T> rows) {
    this.word = word;
    this.rows = rows;
  }

  /**
   * Opens a finished trace, or the steps so far of one whose run was stopped ({@code NAME.part});
   * its file stays open until it is closed.
   *
   * @throws InputException if it cannot be believed
   */
  public StoredTrace<S, T> open(Path file) {
    return TraceTensors.open(file, (tensors, release) -> read(file, tensors, release));
  }

  /**
   * Opens a trace whose file is mapped for as long as an arena lives; closing it does nothing.
   *
   * @throws InputException if it cannot be believed
   */
  public StoredTrace<S, T> open(Path file, Arena arena) {
    return read(file, TraceTensors.in(file, arena), () -> {});
  }

  private StoredTrace<S, T> read(Path file, TraceTensors tensors, Runnable release) {
    Set<String> names = tensors.entries().keySet();
    for (TraceKind<?, ?> other : ALL) {
      if (!names.contains(rows.states()) && names.contains(other.rows.states())) {
        throw new InputException(
            "%s is a trace of %s, and one of %s is needed here; choose another."
                .formatted(file, other.word, word));
      }
    }
    TraceRows.Checked checked = rows.check(file, tensors);
    return new StoredTrace<>(rows, checked.header(), checked.cells(), checked.steps(), release);
  }

  /**
   * Whether a file is a trace of this kind and no other, finished or stopped. One that cannot be
   * believed is none; what is wrong with it is said where it is opened.
   */
  public boolean is(Path file) {
    if (!PartFile.is(file) && !(Files.isRegularFile(file) && SafetensorsFile.is(file))) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Set<String> names = TraceTensors.in(file, arena).entries().keySet();
      return ALL.stream()
          .filter(kind -> names.contains(kind.rows.states()))
          .findFirst()
          .filter(kind -> kind == this)
          .isPresent();
    } catch (InputException _) {
      return false;
    }
  }
}
