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

  /**
   * NumPy's legacy generator after {@code np.random.seed}: sequential, two outputs of MT19937 a
   * number.
   */
  static final class NumpyRandom {
    private final MersenneTwister twister;
    private long draws;

    /** As it is after {@code draws} outputs. */
    NumpyRandom(int seed, long draws) {
      this.twister = new MersenneTwister(seed);
      this.draws = draws;
      twister.skip(draws);
    }

    /** {@code np.random.rand()}: 53 bits, the first output's 27 high ones above the second's 26. */
    double next() {
      draws += 2;
      long high = twister.next() >>> 5;
      long low = twister.next() >>> 6;
      return (high << 26 | low) * 0x1p-53;
    }

    /** Outputs so far. */
    long draws() {
      return draws;
    }
  }
}
