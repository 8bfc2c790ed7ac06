package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;
import static dev.unmask.engine.tensor.Lanes.WIDTH;
import static dev.unmask.engine.tensor.Lanes.load;
import static dev.unmask.engine.tensor.Lanes.store;
import static dev.unmask.engine.tensor.Lanes.tail;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The optimizers' updates of weights, on {@link HostTensors}' tensors and threads. */
public final class HostUpdates {
  /** How much AdamW's running means keep at a step: β₁ and β₂. */
  private static final float KEEP_MEAN = 0.9f;

  private static final float KEEP_SQUARE = 0.98f;
  private static final float EPSILON = 1e-8f;

  private final Workspace workspace;

  /** Updates of these operations' tensors. */
  public HostUpdates(HostTensors tensors) {
    workspace = tensors.workspace();
  }

  /**
   * One update's size.
   *
   * @param rate learning rate
   * @param decay weight decay: the weight is first multiplied by 1 − rate · decay
   * @param gradientScale what the gradient is multiplied by first, as clipping asks
   */
  public record Size(float rate, float decay, float gradientScale) {}

  /** A weight under AdamW, its gradient and the running means of the gradient and its square. */
  public record Adaptive(Tensor weight, Tensor gradient, Tensor mean, Tensor square) {}

  /**
   * A weight under Muon, its gradient and its momentum.
   *
   * @param parts how many matrices of equal height it holds, one below the other, each of which is
   *     orthogonalised by itself
   */
  public record Orthogonal(Tensor weight, Tensor gradient, Tensor momentum, int parts) {
    int partRows() {
      return weight.rows() / parts;
    }
  }

  /** Σ x². */
  public double squaredSum(Tensor x) {
    HostTensor values = host(x);
    double[] sums = new double[values.rows()];
    workspace.eachRow(
        values.rows(),
        values.columns(),
        row -> {
          long at = values.offset(row);
          sums[row] = RowKernels.dot(values.memory(), at, values.memory(), at, values.columns());
        });
    return Arrays.stream(sums).sum();
  }

  /**
   * AdamW (https://arxiv.org/abs/1711.05101, algorithm 2), with β₁ = 0.9, β₂ = 0.98.
   *
   * @param step number of this update, from 1
   */
  public void adamW(Adaptive x, int step, Size size) {
    float meanScale = (float) (1 / (1 - StrictMath.pow(KEEP_MEAN, step)));
    float squareScale = (float) (1 / (1 - StrictMath.pow(KEEP_SQUARE, step)));
    workspace.eachRow(
        x.weight().rows(),
        x.weight().columns(),
        row -> adamW(x, row, meanScale, squareScale, size));
  }

  private static void adamW(Adaptive x, int row, float meanScale, float squareScale, Size size) {
    HostTensor weight = host(x.weight());
    HostTensor mean = host(x.mean());
    HostTensor square = host(x.square());
    long offset = weight.offset(row);
    for (int i = 0; i < weight.columns(); i += WIDTH) {
      VectorMask<Float> mask = tail(i, weight.columns());
      FloatVector g = load(host(x.gradient()).memory(), offset, i, mask).mul(size.gradientScale());
      FloatVector m = load(mean.memory(), offset, i, mask).mul(KEEP_MEAN).add(g.mul(1 - KEEP_MEAN));
      FloatVector v =
          load(square.memory(), offset, i, mask)
              .mul(KEEP_SQUARE)
              .add(g.mul(g).mul(1 - KEEP_SQUARE));
      store(m, mean.memory(), offset, i, mask);
      store(v, square.memory(), offset, i, mask);
      FloatVector w = load(weight.memory(), offset, i, mask).mul(1 - size.rate() * size.decay());
      FloatVector direction = m.mul(meanScale).div(v.mul(squareScale).sqrt().add(EPSILON));
      store(w.sub(direction.mul(size.rate())), weight.memory(), offset, i, mask);
    }
  }

  /** Muon's update of all these weights: {@link Muon}. */
  public void muon(List<Orthogonal> weights, Size size) {
    List<Muon> jobs =
        weights.stream()
            .flatMap(
                weight ->
                    IntStream.range(0, weight.parts()).mapToObj(part -> Muon.ofPart(weight, part)))
            .toList();
    workspace.reserveScratch(jobs.stream().mapToLong(Muon::scratchValues).max().orElse(0));
    workspace.eachTile(
        jobs.size(),
        (tile, lane) -> {
          Muon job = jobs.get(tile);
          HostTensor own = workspace.scratch(lane, 0, 1, Math.toIntExact(job.scratchValues()));
          job.update(workspace.products(), lane, own, size);
        });
  }
}
