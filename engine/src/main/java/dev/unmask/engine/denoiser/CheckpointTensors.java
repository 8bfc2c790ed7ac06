package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.Weights;
import dev.unmask.engine.tensor.StoredRows;
import dev.unmask.engine.tensor.StoredRows.Precision;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tensors of a checkpoint, on their way to a back end.
 *
 * @param stays whether matrices stay as they are stored, and the weights must outlive the tensors
 */
public record CheckpointTensors(Weights weights, TensorOps ops, boolean stays) {
  private static final int MOST_COMPLAINTS = 3;

  /** Elements that are converted at once. */
  private static final int PIECE = 1 << 20;

  /** Bytes of float32 up to which a copy costs little, and is faster than widening every time. */
  private static final long LARGEST_COPY = 1L << 30;

  /** Copied as float32 if they are few, and else left where they are. */
  public static CheckpointTensors of(Weights weights, TensorOps ops) {
    return new CheckpointTensors(weights, ops, stays(weights));
  }

  /** Whether a checkpoint is too large to be copied. */
  public static boolean stays(Weights weights) {
    long elements = weights.entries().values().stream().mapToLong(Entry::elements).sum();
    return elements * Float.BYTES > LARGEST_COPY;
  }

  /**
   * Some rows of a matrix.
   *
   * @param entry of the matrix; a vector is a matrix of one row
   */
  public record Slice(Entry entry, int first, int rows) {
    private int columns() {
      return (int) entry.shape()[entry.shape().length - 1];
    }
  }

  /** All rows of a matrix. */
  public Slice whole(String name) {
    Entry entry = weights.entry(name);
    return new Slice(entry, 0, entry.shape().length == 1 ? 1 : (int) entry.shape()[0]);
  }

  /** Some rows of a matrix. */
  public Slice slice(String name, int first, int rows) {
    return new Slice(weights.entry(name), first, rows);
  }

  /**
   * Matrices in one, one below the other; a vector is a matrix of one row.
   *
   * @param names of tensors with as many columns as each other
   */
  public Tensor fused(String... names) {
    return fused(Arrays.stream(names).map(this::whole).toList());
  }

  /** A vector out of several, one after the other. */
  public Tensor vector(List<String> names) {
    List<float[]> parts = names.stream().map(weights::floats).toList();
    int length = parts.stream().mapToInt(part -> part.length).sum();
    FloatBuffer all = FloatBuffer.allocate(length);
    parts.forEach(all::put);
    Tensor tensor = ops.allocate(1, length);
    ops.write(tensor, 0, all.array());
    return tensor;
  }

  /** Parts of matrices in one, one below the other. */
  public Tensor fused(List<Slice> slices) {
    boolean isVector = slices.getFirst().entry().shape().length == 1;
    if (isVector) {
      return copied(slices);
    }
    int columns = slices.getFirst().columns();
    return stays
        ? ops.stored(columns, slices.stream().map(this::rows).toList())
        : ops.fixed(columns, slices.stream().map(this::readable).toList());
  }

  /** As it is stored, or else as float32. */
  private StoredRows readable(Slice slice) {
    return switch (slice.entry().type()) {
      case F32, F16, BF16 -> rows(slice);
      default -> {
        int columns = slice.columns();
        float[] values =
            weights.floats(
                slice.entry().name(),
                (long) slice.first() * columns,
                Math.multiplyExact(slice.rows(), columns));
        yield new StoredRows(Precision.FLOAT32, slice.rows(), MemorySegment.ofArray(values));
      }
    };
  }

  private StoredRows rows(Slice slice) {
    Precision precision =
        switch (slice.entry().type()) {
          case F32 -> Precision.FLOAT32;
          case F16 -> Precision.FLOAT16;
          case BF16 -> Precision.BFLOAT16;
          default ->
              throw new InputException(
                  "%s cannot be used: tensor \"%s\" is %s; convert it to F32, F16 or BF16."
                      .formatted(weights.path(), slice.entry().name(), slice.entry().type()));
        };
    long row = (long) slice.columns() * precision.bytes();
    MemorySegment memory = weights.data(slice.entry().name());
    return new StoredRows(
        precision, slice.rows(), memory.asSlice(slice.first() * row, slice.rows() * row));
  }

  /** Some rows of a matrix as float32, however large its checkpoint. */
  public Tensor copied(Slice slice) {
    return copied(List.of(slice));
  }

  private Tensor copied(List<Slice> slices) {
    int columns = slices.getFirst().columns();
    Tensor tensor = ops.allocate(slices.stream().mapToInt(Slice::rows).sum(), columns);
    int atOnce = Math.max(1, PIECE / columns);
    int row = 0;
    for (Slice slice : slices) {
      for (int from = 0; from < slice.rows(); from += atOnce) {
        int count = Math.min(atOnce, slice.rows() - from);
        long first = (long) (slice.first() + from) * columns;
        ops.write(tensor, row + from, weights.floats(slice.entry().name(), first, count * columns));
      }
      row += slice.rows();
    }
    return tensor;
  }

  /**
   * Checks that the checkpoint has these tensors and no others.
   *
   * @param unread names of others that it may have, which say nothing that is not known
   * @throws InputException naming what does not fit
   */
  public void check(List<Entry> expected, Set<String> unread) {
    List<String> complaints = new ArrayList<>();
    Set<String> unexpected = new HashSet<>(weights.entries().keySet());
    unexpected.removeAll(unread);
    for (Entry wanted : expected) {
      Entry found = weights.entries().get(wanted.name());
      unexpected.remove(wanted.name());
      if (found == null) {
        complaints.add(wanted.name() + " is missing");
      } else if (!Arrays.equals(found.shape(), wanted.shape())) {
        complaints.add(
            "%s is %s and not %s"
                .formatted(
                    wanted.name(),
                    Arrays.toString(found.shape()),
                    Arrays.toString(wanted.shape())));
      }
    }
    unexpected.stream().sorted().forEach(name -> complaints.add(name + " has no place in it"));
    if (!complaints.isEmpty()) {
      throw misfit(complaints);
    }
  }

  private InputException misfit(List<String> complaints) {
    int more = complaints.size() - MOST_COMPLAINTS;
    return new InputException(
        "%s does not fit its config.json: %s%s; fetch both from the same place."
            .formatted(
                weights.path(),
                String.join(
                    ", ", complaints.subList(0, Math.min(MOST_COMPLAINTS, complaints.size()))),
                more > 0 ? " and " + more + " more" : ""));
  }
}
