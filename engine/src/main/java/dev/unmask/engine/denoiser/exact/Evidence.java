package dev.unmask.engine.denoiser.exact;

/** What a batch of corrupted images tells about which of known images they were. */
sealed interface Evidence permits GaussianEvidence, MaskingEvidence {
  /**
   * e to minus this is below the last digit of a float, a thousand times over: what costs so much
   * more than the least has no weight.
   */
  double NEGLIGIBLE = 25;

  /**
   * −ln p(x | image) of an x and some of the images, up to a constant.
   *
   * @param index of the x in the batch
   * @param images numbers of those that are asked about
   * @return one each; infinite if it is too much to matter
   */
  double[] costs(int index, int[] images);
}
