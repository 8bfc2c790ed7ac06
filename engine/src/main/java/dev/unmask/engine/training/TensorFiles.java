package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Tensor;
import java.util.Arrays;

/** Moves rows of tensors between the trainer's memory and safetensors files. */
record TensorFiles(HostTensors ops) {
  /** Some rows of a tensor. */
  record Rows(Tensor tensor, int first, int count) {
    static Rows all(Tensor tensor) {
      return new Rows(tensor, 0, tensor.rows());
    }

    /** What a file calls them; a norm's gains are a vector, all else matrices. */
    Entry entry(String name, ElementType type) {
      return tensor.rows() == 1
          ? new Entry(name, type, tensor.columns())
          : new Entry(name, type, count, tensor.columns());
    }
  }

  /** Their values as F32. */
  Source float32(Rows rows) {
    return sink -> Source.of(values(rows)).writeTo(sink);
  }

  /** Their values rounded to F16. */
  Source float16(Rows rows) {
    return sink -> Source.asFloat16(values(rows)).writeTo(sink);
  }

  private float[] values(Rows rows) {
    int columns = rows.tensor().columns();
    float[] values = new float[rows.count() * columns];
    float[] row = new float[columns];
    for (int i = 0; i < rows.count(); i++) {
      ops.read(rows.tensor(), rows.first() + i, row);
      System.arraycopy(row, 0, values, i * columns, columns);
    }
    return values;
  }

  /**
   * Fills rows from a file's tensor.
   *
   * @throws InputException if the file has none of that name and shape
   */
  void load(SafetensorsFile file, String name, Rows rows) {
    long[] shape = rows.entry(name, ElementType.F32).shape();
    if (!Arrays.equals(shape, file.entry(name).shape())) {
      throw new InputException(
          "%s holds %s, but %s is wanted; give a file of a model of the same shape."
              .formatted(file.path(), file.entry(name), Arrays.toString(shape)));
    }
    ops.write(rows.tensor(), rows.first(), file.floats(name));
  }
}
