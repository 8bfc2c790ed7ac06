package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Entry;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** The rows of a trace's tensors, wherever they lie. */
interface Cells {
  /** The tensors there are, by name, each with the shape of one row. */
  Map<String, Entry> rows();

  /** The little-endian bytes of a row of a tensor that is there. */
  MemorySegment row(String name, int index);
}
