package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Checks that the tensors of a trace of tokens have the types and shapes of the format before they
 * are believed.
 */
record TokenCheck(Path file, TraceHeader header, int steps) {
  private static final Set<String> OF_STATE = Set.of("tokens", "marks", "time", "draws");

  private static final Set<ElementType> MEMORY_TYPES =
      Set.of(ElementType.F64, ElementType.F32, ElementType.I64, ElementType.I32, ElementType.U8);

  /** Bytes that one row may take: what an array of the smallest elements can hold. */
  private static final long LARGEST_ROW = Integer.MAX_VALUE - 8;

  /**
   * Of a trace of these tensors: its tokens tell how many states and positions there are, and as
   * there must be one of each, no more of them than the file has bytes for.
   */
  static TokenCheck of(Path file, Map<String, String> metadata, Map<String, Entry> tensors) {
    Entry tokens = tensors.get("tokens");
    if (tokens == null) {
      throw HeaderJson.bad(file, "it has no tensor \"tokens\"");
    }
    if (tokens.type() != ElementType.I32
        || tokens.shape().length != 2
        || Arrays.stream(tokens.shape()).anyMatch(size -> size < 1 || size > Integer.MAX_VALUE)) {
      throw HeaderJson.bad(
          file, "its tokens are %s and not I32 [states, positions]".formatted(tokens));
    }
    Entry ids = tensors.get("candidate_ids");
    int candidates = ids == null || ids.type() != ElementType.I32 ? 0 : (int) last(ids);
    TraceHeader header = HeaderJson.tokens(file, metadata, (int) tokens.shape()[1], candidates);
    return new TokenCheck(file, header, (int) tokens.shape()[0] - 1);
  }

  /** The row of each tensor that a trace has; tensors of other names are somebody else's. */
  Map<String, Entry> rows(Map<String, Entry> tensors) {
    Map<String, Entry> rows = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (belongs(tensor, tensors)) {
            rows.put(name, row(tensor));
          }
        });
    if (rows.containsKey("candidate_ids") != rows.containsKey("candidate_probabilities")) {
      throw HeaderJson.bad(file, "it has only one of candidate_ids and candidate_probabilities");
    }
    return rows;
  }

  /** A tensor's entry without its first dimension. */
  private Entry row(Entry tensor) {
    long[] shape = tensor.shape();
    Entry row = new Entry(tensor.name(), tensor.type(), Arrays.copyOfRange(shape, 1, shape.length));
    if (row.byteSize() > LARGEST_ROW) {
      throw HeaderJson.bad(file, "a row of its %s is larger than memory".formatted(tensor));
    }
    return row;
  }

  private boolean belongs(Entry tensor, Map<String, Entry> tensors) {
    long length = header.tokens().length();
    switch (tensor.name()) {
      case "tokens" -> require(tensor, ElementType.I32, length);
      case "marks" -> require(tensor, ElementType.U8, length);
      case "predicted" -> require(tensor, ElementType.I32, length);
      case "rule" -> require(tensor, ElementType.U8, length);
      case "measure" -> require(tensor, ElementType.U8);
      case "confidence", "entropy", "score", "chance", "draw", "threshold" ->
          require(tensor, ElementType.F32, length);
      case "candidate_ids" -> require(tensor, ElementType.I32, length, last(tensor));
      case "candidate_probabilities" ->
          require(
              tensor, ElementType.F16, length, last(tensors.getOrDefault("candidate_ids", tensor)));
      case "time" -> require(tensor, ElementType.F64);
      case "evaluations", "context", "quota" -> require(tensor, ElementType.I32);
      case "draws" -> require(tensor, ElementType.I64, last(tensor));
      default -> {
        if (!TokenRows.isMemory(tensor.name())) {
          return false;
        }
        requireMemory(tensor);
      }
    }
    return true;
  }

  private static long last(Entry tensor) {
    return tensor.shape().length == 0 ? 0 : tensor.shape()[tensor.shape().length - 1];
  }

  private void require(Entry tensor, ElementType type, long... rowShape) {
    Entry wanted =
        new Column<>(tensor.name(), type, (_, _) -> {}, rowShape).entry(rowCount(tensor.name()));
    if (!tensor.equals(wanted)) {
      throw HeaderJson.bad(file, "it holds %s where %s is needed".formatted(tensor, wanted));
    }
  }

  private void requireMemory(Entry tensor) {
    if (!MEMORY_TYPES.contains(tensor.type())
        || tensor.shape().length == 0
        || tensor.shape()[0] != steps + 1) {
      throw HeaderJson.bad(
          file,
          "it holds %s where a row for each of %d states is needed".formatted(tensor, steps + 1));
    }
  }

  private int rowCount(String name) {
    return OF_STATE.contains(name) ? steps + 1 : steps;
  }

  /** Every id must be −1 or, where the vocabulary is told, one of its tokens. */
  void tokens(Cells cells) {
    int size =
        header.tokens().vocabulary().isEmpty()
            ? Integer.MAX_VALUE
            : header.tokens().vocabulary().size();
    for (int state = 0; state <= steps; state++) {
      for (int token : cells.row("tokens", state).toArray(Cells.INT)) {
        if (token < -1 || token >= size) {
          throw HeaderJson.bad(
              file,
              "state %d holds token %d and the vocabulary has %d".formatted(state, token, size));
        }
      }
    }
  }
}
