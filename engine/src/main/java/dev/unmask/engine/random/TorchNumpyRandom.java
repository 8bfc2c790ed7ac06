package dev.unmask.engine.random;

/** Torch's generator, but for times, which one reference draws with NumPy's. */
final class TorchNumpyRandom implements RandomSource {
  private final TorchRandom torch;
  private final NumpyRandom numpy;

  TorchNumpyRandom(TorchRandom torch, NumpyRandom numpy) {
    this.torch = torch;
    this.numpy = numpy;
  }

  @Override
  public double[][] uniform64(Purpose purpose, Rows rows, int columns) {
    if (purpose != Purpose.TIME) {
      return torch.uniform64(purpose, rows, columns);
    }
    double[][] all = new double[rows.count()][columns];
    for (double[] row : all) {
      for (int column = 0; column < columns; column++) {
        row[column] = numpy.next();
      }
    }
    double[][] wanted = new double[rows.wanted().length][];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = all[rows.wanted()[i]];
    }
    return wanted;
  }

  @Override
  public float[][] uniform32(Purpose purpose, Rows rows, int columns) {
    return torch.uniform32(purpose, rows, columns);
  }

  @Override
  public int[] integers(Purpose purpose, Rows rows, int below) {
    return torch.integers(purpose, rows, below);
  }

  /** Torch's first. */
  @Override
  public long[] draws() {
    return new long[] {torch.draws()[0], numpy.draws()};
  }
}
