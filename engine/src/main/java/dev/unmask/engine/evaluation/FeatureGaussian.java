package dev.unmask.engine.evaluation;

import java.util.Arrays;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;

/** The normal distribution with the mean and the covariance of a set of images' features. */
record FeatureGaussian(RealVector mean, RealMatrix covariance) {
  /**
   * Of features.
   *
   * @param features a row an image, at least two
   */
  static FeatureGaussian of(float[][] features) {
    double[][] rows =
        Arrays.stream(features).map(FeatureGaussian::widened).toArray(double[][]::new);
    RealVector sum = new ArrayRealVector(rows[0].length);
    for (double[] row : rows) {
      sum = sum.add(new ArrayRealVector(row, false));
    }
    return new FeatureGaussian(
        sum.mapDivide(rows.length), new Covariance(rows).getCovarianceMatrix());
  }

  private static double[] widened(float[] row) {
    double[] wide = new double[row.length];
    Arrays.setAll(wide, i -> row[i]);
    return wide;
  }

  /**
   * The squared Fréchet distance (Dowson and Landau 1982; Heusel et al. 2017,
   * https://arxiv.org/abs/1706.08500, equation 6): |m − n|² + tr(C + D − 2 (√C D √C)^½).
   */
  double frechet(FeatureGaussian other) {
    double apart = mean.subtract(other.mean).getNorm();
    RealMatrix root = root(covariance);
    RealMatrix both = root.multiply(other.covariance).multiply(root);
    return apart * apart
        + covariance.getTrace()
        + other.covariance.getTrace()
        - 2 * root(symmetric(both)).getTrace();
  }

  /** Of a product that is symmetric but for rounding. */
  private static RealMatrix symmetric(RealMatrix matrix) {
    return matrix.add(matrix.transpose()).scalarMultiply(0.5);
  }

  /** The square root of a symmetric matrix that has no negative eigenvalue but by rounding. */
  private static RealMatrix root(RealMatrix matrix) {
    EigenDecomposition eigen = new EigenDecomposition(matrix);
    double[] roots =
        Arrays.stream(eigen.getRealEigenvalues()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
    RealMatrix scaled = eigen.getV().multiply(MatrixUtils.createRealDiagonalMatrix(roots));
    return scaled.multiply(eigen.getVT());
  }
}
