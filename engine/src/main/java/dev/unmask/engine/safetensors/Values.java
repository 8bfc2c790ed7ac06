package dev.unmask.engine.safetensors;

/** An array of one of the element types that a trace's memory may hold. Treat it as immutable. */
public sealed interface Values {
  /** Number of elements. */
  int size();

  /** Float64. */
  record F64(double[] data) implements Values {
    @Override
    public int size() {
      return data.length;
    }
  }

  /** Float32. */
  record F32(float[] data) implements Values {
    @Override
    public int size() {
      return data.length;
    }
  }

  /** Int64. */
  record I64(long[] data) implements Values {
    @Override
    public int size() {
      return data.length;
    }
  }

  /** Int32. */
  record I32(int[] data) implements Values {
    @Override
    public int size() {
      return data.length;
    }
  }

  /** Unsigned bytes. */
  record U8(byte[] data) implements Values {
    @Override
    public int size() {
      return data.length;
    }
  }
}
