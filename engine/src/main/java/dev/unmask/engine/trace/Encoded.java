package dev.unmask.engine.trace;

import dev.unmask.engine.safetensors.Entry;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** Rows that are made from a trace as they are asked for. */
record Encoded<S, T extends StepRecord<S>>(Trace<S, T> trace, Columns<S, T> columns)
    implements Cells {
  @Override
  public Map<String, Entry> rows() {
    return columns.rows();
  }

  @Override
  public MemorySegment row(String name, int index) {
    ByteBuffer row =
        columns.ofState().stream().anyMatch(column -> column.row().name().equals(name))
            ? row(columns.ofState(), name, trace.state(index))
            : row(columns.ofStep(), name, trace.step(index));
    return MemorySegment.ofBuffer(row);
  }

  private static <R> ByteBuffer row(List<Column<R>> columns, String name, R from) {
    return Columns.row(
        columns.stream().filter(column -> column.row().name().equals(name)).toList(), from);
  }
}
