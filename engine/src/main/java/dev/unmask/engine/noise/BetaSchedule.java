package dev.unmask.engine.noise;

/** How strong each step of a {@link DiscreteProcess} is. */
public sealed interface BetaSchedule
    permits LinearBetas, CosineBetas, ReciprocalBetas, MutualInformationBetas {
  /**
   * β_1 … β_T.
   *
   * @param steps T, at least 1
   */
  double[] betas(int steps);
}
