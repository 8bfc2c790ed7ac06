package dev.unmask.engine.denoiser;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.Tensor;
import dev.unmask.engine.tensor.TensorOps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tensors of a checkpoint, on their way to a back end. */
public record CheckpointTensors(SafetensorsFile file, TensorOps ops) {
  private static final int MOST_COMPLAINTS = 3;

  /** Elements that are converted at once. */
  private static final int PIECE = 1 << 20;

  /**
   * Copies matrices into one, one below the other; a vector is a matrix of one row.
   *
   * @param names of tensors with as many columns as each other
   */
  public Tensor fused(String... names) {
    List<Entry> entries = Arrays.stream(names).map(file::entry).toList();
    int columns = columns(entries.getFirst());
    Tensor tensor = ops.allocate(entries.stream().mapToInt(CheckpointTensors::rows).sum(), columns);
    int row = 0;
    for (Entry entry : entries) {
      int atOnce = Math.max(1, PIECE / columns);
      for (int from = 0; from < rows(entry); from += atOnce) {
        int count = Math.min(atOnce, rows(entry) - from);
        float[] values = file.floats(entry.name(), (long) from * columns, count * columns);
        ops.write(tensor, row + from, values);
      }
      row += rows(entry);
    }
    return tensor;
  }

  private static int rows(Entry entry) {
    return entry.shape().length == 1 ? 1 : (int) entry.shape()[0];
  }

  private static int columns(Entry entry) {
    return (int) entry.shape()[entry.shape().length - 1];
  }

  /**
   * Checks that the file has these tensors and no others.
   *
   * @param unread names of others that it may have, which say nothing that is not known
   * @throws InputException naming what does not fit
   */
  public void check(List<Entry> expected, Set<String> unread) {
    List<String> complaints = new ArrayList<>();
    Set<String> unexpected = new HashSet<>(file.entries().keySet());
    unexpected.removeAll(unread);
    for (Entry wanted : expected) {
      Entry found = file.entries().get(wanted.name());
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
                file.path(),
                String.join(
                    ", ", complaints.subList(0, Math.min(MOST_COMPLAINTS, complaints.size()))),
                more > 0 ? " and " + more + " more" : ""));
  }
}
