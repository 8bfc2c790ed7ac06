package dev.unmask.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Plain INDArray operations, for any back end of ND4J: each as its formula reads, none tuned. The
 * host's kernels are tested against it.
 */
public final class PortableTensors implements TensorOps {
  private static final int PIECE = 1 << 20;

  private final List<INDArray> allocated = new ArrayList<>();

  private record Matrix(INDArray array) implements Tensor {
    @Override
    public int rows() {
      return array.rows();
    }

    @Override
    public int columns() {
      return array.columns();
    }
  }

  @Override
  public boolean ownKernels() {
    return false;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, rows, columns);
    allocated.add(array);
    return new Matrix(array);
  }

  /** Widened on the way to the device, a million values at a time. */
  @Override
  public Tensor stored(int columns, List<StoredRows> parts) {
    Tensor tensor = allocate(parts.stream().mapToInt(StoredRows::rows).sum(), columns);
    int atOnce = Math.max(1, PIECE / columns);
    int row = 0;
    for (StoredRows part : parts) {
      for (int from = 0; from < part.rows(); from += atOnce) {
        int count = Math.min(atOnce, part.rows() - from);
        float[] values = new float[count * columns];
        HostTensor wide = new HostTensor(count, columns, MemorySegment.ofArray(values));
        Widening.copy(part.slice(from, count, columns), columns, wide);
        write(tensor, row + from, values);
      }
      row += part.rows();
    }
    return tensor;
  }

  @Override
  public Tensor rows(Tensor tensor, int first, int count) {
    return new Matrix(rows(array(tensor), first, first + count));
  }

  @Override
  public void write(Tensor tensor, int firstRow, float[] values) {
    int rows = values.length / tensor.columns();
    rows(array(tensor), firstRow, firstRow + rows)
        .assign(Nd4j.create(values, new long[] {rows, tensor.columns()}, 'c'));
  }

  @Override
  public void read(Tensor tensor, int row, float[] into) {
    float[] values = rows(array(tensor), row, row + 1).dup('c').data().asFloat();
    System.arraycopy(values, 0, into, 0, values.length);
  }

  @Override
  public void embed(Tensor table, int[] ids, Tensor out) {
    array(out).assign(Nd4j.pullRows(array(table), 1, ids, 'c'));
  }

  @Override
  public void gather(Tensor x, int[] rows, Tensor out) {
    embed(x, rows, out);
  }

  @Override
  public void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor out) {
    INDArray from = array(x);
    INDArray root = Transforms.sqrt(from.mul(from).mean(true, 1).addi(epsilon), false);
    array(out).assign(from.div(root).mul(array(gain)));
  }

  @Override
  public void layerNorm(Tensor x, Tensor gain, Tensor shift, float epsilon, Tensor out) {
    INDArray from = array(x);
    INDArray centred = from.sub(from.mean(true, 1));
    INDArray deviation = Transforms.sqrt(centred.mul(centred).mean(true, 1).addi(epsilon), false);
    array(out).assign(centred.div(deviation).mul(array(gain)).addi(array(shift)));
  }

  @Override
  public void linear(Tensor x, Tensor weight, Tensor out) {
    array(out).assign(array(x).mmul(array(weight).transpose()));
  }

  @Override
  public void linearAdd(Tensor x, Tensor weight, Tensor out) {
    array(out).addi(array(x).mmul(array(weight).transpose()));
  }

  @Override
  public void rotary(Tensor qkv, AttentionShape shape, int[] positions, double theta) {
    int half = shape.headSize() / 2;
    INDArray angles = angles(positions, half, theta);
    INDArray cosines = Transforms.cos(angles).castTo(DataType.FLOAT);
    INDArray sines = Transforms.sin(angles).castTo(DataType.FLOAT);
    for (int head = 0; head < shape.heads() + shape.keyHeads(); head++) {
      int start = head * shape.headSize();
      INDArray first = columns(array(qkv), start, start + half);
      INDArray second = columns(array(qkv), start + half, start + 2 * half);
      INDArray turned = first.mul(cosines).subi(second.mul(sines));
      second.assign(second.mul(cosines).addi(first.mul(sines)));
      first.assign(turned);
    }
  }

  /** Positions × half a head, in float64: float32 would be off by 1e-4 at position 1000. */
  private static INDArray angles(int[] positions, int half, double theta) {
    double[][] angles = new double[positions.length][half];
    for (int row = 0; row < positions.length; row++) {
      for (int i = 0; i < half; i++) {
        angles[row][i] = positions[row] * StrictMath.pow(theta, -(double) i / half);
      }
    }
    return Nd4j.createFromArray(angles);
  }

  @Override
  public void attention(
      Tensor asking, Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor out) {
    int queries = asking.rows() / shape.sequences();
    List<INDArray> hidden = hidden(shape, mask);
    for (int sequence = 0; sequence < shape.sequences(); sequence++) {
      INDArray keys = part(qkv, sequence, shape.length());
      INDArray output = part(out, sequence, queries);
      for (int head = 0; head < shape.heads(); head++) {
        columns(output, head * shape.headSize(), (head + 1) * shape.headSize())
            .assign(attend(part(asking, sequence, queries), keys, shape, hidden, head));
      }
    }
  }

  /** What is added to the scores of every head, brought to the device once. */
  private static List<INDArray> hidden(AttentionShape shape, AttentionMask mask) {
    return mask.isNone() ? List.of() : List.of(Nd4j.createFromArray(mask.scores(shape.length())));
  }

  /** A sequence's rows. */
  private static INDArray part(Tensor tensor, int sequence, int rows) {
    return rows(array(tensor), sequence * rows, (sequence + 1) * rows);
  }

  private static INDArray attend(
      INDArray asking, INDArray input, AttentionShape shape, List<INDArray> hidden, int head) {
    int keyHead = shape.heads() + head * shape.keyHeads() / shape.heads();
    INDArray queries = headColumns(asking, shape, head);
    INDArray keys = headColumns(input, shape, keyHead);
    INDArray values = headColumns(input, shape, keyHead + shape.keyHeads());
    INDArray scores = queries.mmul(keys.transpose()).divi(Math.sqrt(shape.headSize()));
    hidden.forEach(scores::addi);
    INDArray exponentials = Transforms.exp(scores.sub(scores.max(true, 1)), false);
    return exponentials.div(exponentials.sum(true, 1)).mmul(values);
  }

  private static INDArray headColumns(INDArray input, AttentionShape shape, int index) {
    return columns(input, index * shape.headSize(), (index + 1) * shape.headSize()).dup('c');
  }

  @Override
  public void swiglu(Tensor x, Tensor out) {
    int hidden = out.columns();
    INDArray gate = columns(array(x), 0, hidden);
    INDArray up = columns(array(x), hidden, 2 * hidden);
    array(out).assign(Transforms.sigmoid(gate, true).muli(gate).muli(up));
  }

  @Override
  public void silu(Tensor x, Tensor out) {
    array(out).assign(Transforms.sigmoid(array(x), true).muli(array(x)));
  }

  @Override
  public void gelu(Tensor x, Tensor bias) {
    INDArray y = array(x).addRowVector(array(bias));
    INDArray cubic = y.mul(y).muli(y).muli(0.044715).addi(y).muli(Math.sqrt(2 / Math.PI));
    array(x).assign(Transforms.tanh(cubic, false).addi(1).muli(0.5).muli(y));
  }

  @Override
  public void exactGelu(Tensor x, Tensor bias) {
    INDArray y = array(x).addRowVector(array(bias));
    INDArray erf = Nd4j.exec(new Erf(y.mul(Math.sqrt(0.5))));
    array(x).assign(erf.addi(1).muli(0.5).muli(y));
  }

  @Override
  public void add(Tensor x, Tensor out) {
    array(out).addi(array(x));
  }

  @Override
  public void addBias(Tensor bias, Tensor out) {
    array(out).addiRowVector(array(bias));
  }

  @Override
  public void addGated(Tensor x, Tensor gate, Tensor shift, Tensor out) {
    array(out).addi(array(x).mulRowVector(array(gate))).addiRowVector(array(shift));
  }

  @Override
  public void rowStatistics(Tensor x, Tensor out) {
    INDArray from = array(x);
    INDArray greatest = from.max(true, 1);
    INDArray distances = Transforms.max(from.sub(greatest), RowStatistics.LEAST, false);
    INDArray weights = Transforms.exp(distances, true);
    INDArray sum = weights.sum(true, 1);
    INDArray logarithm = Transforms.log(sum, true);
    INDArray to = array(out);
    columns(to, 0, 1).assign(greatest);
    columns(to, 1, 2).assign(Nd4j.argMax(from, 1).castTo(DataType.FLOAT).reshape(from.rows(), 1));
    columns(to, 2, 3).assign(greatest.add(logarithm));
    columns(to, 3, 4).assign(logarithm.sub(weights.mul(distances).sum(true, 1).div(sum)));
  }

  @Override
  public void close() {
    allocated.forEach(INDArray::close);
    allocated.clear();
  }

  private static INDArray array(Tensor tensor) {
    return ((Matrix) tensor).array();
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static INDArray columns(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }
}
