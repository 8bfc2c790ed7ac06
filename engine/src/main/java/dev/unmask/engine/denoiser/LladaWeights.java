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
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A transformer's weights as a back end holds them; matrices that read the same input are fused
 * into one, one below the other.
 *
 * @param table [vocabulary × width], the embeddings
 * @param norm [1 × width], the last norm's gain
 * @param head [vocabulary × width], the table itself if it is tied
 * @param time [width × time's features], if it is told the time
 */
record LladaWeights(
    Tensor table, List<Layer> layers, Tensor norm, Tensor head, Optional<Tensor> time) {
  private static final int MOST_COMPLAINTS = 3;

  /** Elements that are converted at once. */
  private static final int PIECE = 1 << 20;

  /**
   * A layer's weights.
   *
   * @param qkv queries, keys, values: [width + 2 · key width × width]
   * @param gateUp gates, ups: [2 · hidden × width]
   */
  record Layer(
      Tensor attentionNorm,
      Tensor qkv,
      Tensor attentionOut,
      Tensor feedNorm,
      Tensor gateUp,
      Tensor down) {}

  /**
   * Copies the weights out of a file.
   *
   * @throws InputException if the file's tensors are not those of the architecture
   */
  static LladaWeights load(LladaArchitecture shape, SafetensorsFile file, TensorOps ops) {
    check(shape, file);
    String prefix = LladaArchitecture.PREFIX;
    Tensor table = fused(file, ops, prefix, "wte");
    return new LladaWeights(
        table,
        IntStream.range(0, shape.layers())
            .mapToObj(layer -> layer(file, ops, LladaArchitecture.layerPrefix(layer)))
            .toList(),
        fused(file, ops, prefix, "ln_f"),
        shape.tied() ? table : fused(file, ops, prefix, "ff_out"),
        shape.timed() ? Optional.of(fused(file, ops, prefix, "time")) : Optional.empty());
  }

  private static Layer layer(SafetensorsFile file, TensorOps ops, String prefix) {
    return new Layer(
        fused(file, ops, prefix, "attn_norm"),
        fused(file, ops, prefix, "q_proj", "k_proj", "v_proj"),
        fused(file, ops, prefix, "attn_out"),
        fused(file, ops, prefix, "ff_norm"),
        fused(file, ops, prefix, "ff_proj", "up_proj"),
        fused(file, ops, prefix, "ff_out"));
  }

  private static Tensor fused(SafetensorsFile file, TensorOps ops, String prefix, String... parts) {
    List<Entry> entries =
        Arrays.stream(parts).map(part -> file.entry(prefix + part + ".weight")).toList();
    int columns = columns(entries.getFirst());
    Tensor tensor = ops.allocate(entries.stream().mapToInt(LladaWeights::rows).sum(), columns);
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

  /** A gain is a matrix of one row. */
  private static int rows(Entry entry) {
    return entry.shape().length == 1 ? 1 : (int) entry.shape()[0];
  }

  private static int columns(Entry entry) {
    return (int) entry.shape()[entry.shape().length - 1];
  }

  private static void check(LladaArchitecture shape, SafetensorsFile file) {
    List<String> complaints = new ArrayList<>();
    Set<String> unexpected = new HashSet<>(file.entries().keySet());
    for (Entry wanted : shape.tensors()) {
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
      int more = complaints.size() - MOST_COMPLAINTS;
      throw new InputException(
          "%s does not fit its config.json: %s%s; fetch both from the same place."
              .formatted(
                  file.path(),
                  String.join(
                      ", ", complaints.subList(0, Math.min(MOST_COMPLAINTS, complaints.size()))),
                  more > 0 ? " and " + more + " more" : ""));
    }
  }
}
