package dev.unmask.engine.random;

/** One torch generator for all steps, made anew where a run goes on from an earlier step. */
final class TorchStream implements RandomStream {
  private final long seed;
  private TorchRandom generator;

  TorchStream(long seed) {
    this.seed = seed;
    this.generator = new TorchRandom(seed);
  }

  @Override
  public RandomSource at(int step, long[] draws) {
    if (generator.draws()[0] != draws[0]) {
      generator = new TorchRandom(seed, draws[0]);
    }
    return generator;
  }
}
