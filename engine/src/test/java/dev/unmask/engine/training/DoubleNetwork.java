package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaWeights;
import dev.unmask.engine.denoiser.transformer.TimeFeatures;
import java.util.stream.IntStream;

/**
 * The transformer written once more as plainly as possible, in float64 and with no backward pass:
 * what the trained one is compared with.
 */
final class DoubleNetwork {
  private static final float EPSILON = 1e-5f;

  private final LladaArchitecture shape;
  private final double[][] parameters;
  private final int length;
  private final AttentionPattern pattern;

  /**
   * A network of these values.
   *
   * @param parameters in the order that {@link LladaWeights#allocate} adds them in
   */
  DoubleNetwork(LladaArchitecture shape, double[][] parameters, AttentionPattern pattern) {
    this.shape = shape;
    this.parameters = parameters;
    this.length = pattern.positions().length;
    this.pattern = pattern;
  }

  /** The weighted sum of the batch's cross-entropies. */
  double loss(Batch batch) {
    double sum = 0;
    for (int start = 0; start < batch.ids().length; start += length) {
      double[][] x = embed(batch, start);
      for (int layer = 0; layer < shape.layers(); layer++) {
        attend(x, 1 + 6 * layer);
        feed(x, 4 + 6 * layer);
      }
      for (int i = 0; i < batch.rows().length; i++) {
        int row = batch.rows()[i] - start;
        if (row >= 0 && row < length) {
          double[] logits = logits(x[row]);
          logits[batch.ids()[start + row]] += batch.evidence()[i];
          sum += batch.weights()[i] * crossEntropy(logits, batch.targets()[i]);
        }
      }
    }
    return sum;
  }

  private double[][] embed(Batch batch, int start) {
    double[][] x = new double[length][shape.width()];
    for (int t = 0; t < length; t++) {
      int id = batch.ids()[start + t];
      System.arraycopy(parameters[0], id * shape.width(), x[t], 0, shape.width());
      if (shape.timed()) {
        addTo(x[t], times(parameters[parameters.length - 1], features(batch, start)));
      }
    }
    return x;
  }

  private double[] features(Batch batch, int start) {
    float[] floats = TimeFeatures.of(batch.times()[start / length]);
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private double[] logits(double[] x) {
    int norm = 1 + 6 * shape.layers();
    double[] head = shape.tied() ? parameters[0] : parameters[norm + 1];
    return times(head, normed(x, parameters[norm]));
  }

  private static double crossEntropy(double[] logits, int target) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[target];
  }

  private void attend(double[][] x, int first) {
    int size = shape.headSize();
    double[][] qkv = new double[length][];
    for (int t = 0; t < length; t++) {
      qkv[t] = times(parameters[first + 1], normed(x[t], parameters[first]));
      for (int head = 0; head < shape.heads() + shape.keyHeads(); head++) {
        turn(qkv[t], head * size, pattern.positions()[t]);
      }
    }
    for (int t = 0; t < length; t++) {
      double[] mixed = new double[shape.width()];
      for (int head = 0; head < shape.heads(); head++) {
        mix(qkv, t, head, mixed);
      }
      addTo(x[t], times(parameters[first + 2], mixed));
    }
  }

  private void turn(double[] x, int start, int position) {
    int half = shape.headSize() / 2;
    for (int i = 0; i < half; i++) {
      double angle = position / Math.pow(shape.theta(), (double) i / half);
      double a = x[start + i];
      double b = x[start + half + i];
      x[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
      x[start + half + i] = b * Math.cos(angle) + a * Math.sin(angle);
    }
  }

  private void mix(double[][] qkv, int t, int head, double[] mixed) {
    int size = shape.headSize();
    int group = head / (shape.heads() / shape.keyHeads());
    int keys = shape.width() + group * size;
    int values = keys + shape.keyWidth();
    double[] scores = new double[length];
    double sum = 0;
    for (int s = 0; s < length; s++) {
      double dot = 0;
      for (int i = 0; i < size; i++) {
        dot += qkv[t][head * size + i] * qkv[s][keys + i];
      }
      scores[s] = pattern.mask().sees(t, s) ? Math.exp(dot / Math.sqrt(size)) : 0;
      sum += scores[s];
    }
    for (int s = 0; s < length; s++) {
      for (int i = 0; i < size; i++) {
        mixed[head * size + i] += scores[s] / sum * qkv[s][values + i];
      }
    }
  }

  private void feed(double[][] x, int first) {
    int hidden = shape.hidden();
    for (double[] row : x) {
      double[] gateUp = times(parameters[first + 1], normed(row, parameters[first]));
      double[] gated = new double[hidden];
      for (int i = 0; i < hidden; i++) {
        gated[i] = gateUp[i] / (1 + Math.exp(-gateUp[i])) * gateUp[hidden + i];
      }
      addTo(row, times(parameters[first + 2], gated));
    }
  }

  private static double[] normed(double[] x, double[] gain) {
    double squares = 0;
    for (double value : x) {
      squares += value * value;
    }
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] * gain[i] / Math.sqrt(squares / x.length + EPSILON);
    }
    return out;
  }

  private static double[] times(double[] matrix, double[] x) {
    double[] out = new double[matrix.length / x.length];
    for (int row = 0; row < out.length; row++) {
      for (int i = 0; i < x.length; i++) {
        out[row] += matrix[row * x.length + i] * x[i];
      }
    }
    return out;
  }

  private static void addTo(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}
