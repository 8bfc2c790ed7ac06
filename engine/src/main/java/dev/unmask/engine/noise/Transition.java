package dev.unmask.engine.noise;

/**
 * A transition matrix between the tokens of a vocabulary, [Q]_ij = q(to j | from i), so each row
 * sums to one (<a href="https://arxiv.org/abs/2107.03006">D3PM</a>, section 3.1). In float64.
 */
public sealed interface Transition
    permits AbsorbingTransition,
        UniformTransition,
        InterpolatingTransition,
        DenseTransition,
        SparseTransition {
  /** The number V of tokens. */
  int size();

  /** q(to | from). */
  double probability(int from, int to);

  /** q(. | from), [V]. */
  double[] row(int from);

  /** q(to | .), [V]. */
  double[] column(int to);

  /** The row vector p Q, [V]: where a token goes that starts as p, which need not sum to one. */
  double[] apply(double[] p);

  /** The row vector q Q⁻¹, [V]: what {@link #apply} makes q of, where the matrix has an inverse. */
  double[] undo(double[] q);

  /** The entropy of a row, in nats. */
  double entropy(int from);

  /** The matrix product: this transition, and then the next. */
  Transition then(Transition next);
}
