package dev.unmask.app.peers;

import java.util.Optional;

/** A program that does works, this one or another. */
public interface Contender extends AutoCloseable {
  /** Its name, its version, and what it multiplies matrices by, as far as it tells. */
  String name();

  /**
   * Gets ready for a work.
   *
   * @param threads to compute on
   * @return empty if it does no such works
   */
  Optional<Session> open(PeerWork work, int threads);

  /** Ends it. */
  @Override
  default void close() {}

  /** A work that is ready to be done, over and over. */
  interface Session extends AutoCloseable {
    /** Does the work so many times. */
    Turn run(int times);

    /** What came of it the last time: logits, tokens, pixels, or losses. */
    float[] result();

    /** Multiply-adds of the matrix products in the work, done once; 0 where nobody counts them. */
    default long multiplyAdds() {
      return 0;
    }

    /** Frees what it holds. */
    @Override
    default void close() {}
  }

  /**
   * What doing it took.
   *
   * @param seconds by the clock
   * @param processor seconds of all cores together
   */
  record Turn(double seconds, double processor) {}
}
