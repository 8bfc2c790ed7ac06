package dev.unmask.engine.tensor;

import dev.unmask.engine.tensor.Products.Operand;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Fused operations on the CPU, by vector kernels, cut into tiles. Used by one thread at a time; the
 * tiles run on threads of its own.
 */
public final class HostTensors implements ImageOps {
  /** Tiles of attention for each thread, where there are not as many heads. */
  private static final int TILES_PER_THREAD = 4;

  /** Queries of a tile, since each tile packs keys and values for itself. */
  private static final int LEAST_QUERIES = 64;

  private final Workspace workspace;
  private final Products products;
  private final FusedAttention[] attentions;
  private final HostPixels pixels;
  private Rotation rotation = new Rotation(2, 1, 0);

  /**
   * Starts its threads.
   *
   * @param threads at least 1, the caller's among them
   */
  public HostTensors(int threads) {
    workspace = new Workspace(threads);
    products = workspace.products();
    attentions = workspace.eachLane(FusedAttention::new, FusedAttention[]::new);
    pixels = new HostPixels(workspace);
  }

  @Override
  public boolean ownKernels() {
    return true;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    return workspace.allocate(rows, columns);
  }

  @Override
  public Tensor stored(int columns, List<StoredRows> parts) {
    return StoredTensor.of(columns, parts);
  }

  @Override
  public Tensor fixed(int columns, List<StoredRows> parts) {
    return FixedTensor.of(StoredTensor.of(columns, parts), workspace);
  }

  @Override
  public Tensor rows(Tensor tensor, int first, int count) {
    return host(tensor).slice(first, count);
  }

  @Override
  public void write(Tensor tensor, int firstRow, float[] values) {
    HostTensor t = host(tensor);
    MemorySegment.copy(
        values, 0, t.memory(), ValueLayout.JAVA_FLOAT, t.offset(firstRow), values.length);
  }

  @Override
  public void read(Tensor tensor, int row, float[] into) {
    HostTensor t = host(tensor);
    MemorySegment.copy(t.memory(), ValueLayout.JAVA_FLOAT, t.offset(row), into, 0, t.columns());
  }

  @Override
  public void embed(Tensor table, int[] ids, Tensor out) {
    HostTensor to = host(out);
    if (table instanceof ReadTensor read) {
      read.embed(ids, to);
      return;
    }
    HostTensor from = host(table);
    long bytes = from.offset(1);
    for (int i = 0; i < ids.length; i++) {
      MemorySegment.copy(from.memory(), from.offset(ids[i]), to.memory(), to.offset(i), bytes);
    }
  }

  @Override
  public void gather(Tensor x, int[] rows, Tensor out) {
    embed(x, rows, out);
  }

  @Override
  public void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor out) {
    HostTensor from = host(x);
    int n = from.columns();
    workspace.eachRow(
        from.rows(),
        n,
        row -> {
          float scale = RowKernels.inverseRms(from.memory(), from.offset(row), n, epsilon);
          RowKernels.scale(from, row, scale, host(gain), host(out));
        });
  }

  @Override
  public void layerNorm(Tensor x, Tensor gain, Tensor shift, float epsilon, Tensor out) {
    HostTensor from = host(x);
    workspace.eachRow(
        from.rows(),
        from.columns(),
        row -> AffineKernels.layerNorm(from, row, host(gain), host(shift), epsilon, host(out)));
  }

  @Override
  public void linear(Tensor x, Tensor weight, Tensor out) {
    product(x, weight, 0, out);
  }

  @Override
  public void linearAdd(Tensor x, Tensor weight, Tensor out) {
    product(x, weight, 1, out);
  }

  /** x[i, columns[i]] = x[i, columns[i]] + values[i]. */
  void addAt(HostTensor x, int[] columns, float[] values) {
    for (int row = 0; row < columns.length; row++) {
      long at = (long) row * x.columns() + columns[row];
      float sum = x.memory().getAtIndex(ValueLayout.JAVA_FLOAT, at) + values[row];
      x.memory().setAtIndex(ValueLayout.JAVA_FLOAT, at, sum);
    }
  }

  private void product(Tensor x, Tensor weight, float keep, Tensor out) {
    if (weight instanceof ReadTensor read) {
      read.product(workspace, host(x), keep, host(out));
      return;
    }
    Operand left = Operand.of(host(x));
    products.tiled(left, Operand.transpose(host(weight)), x.columns(), keep, host(out));
  }

  @Override
  public void rotary(Tensor qkv, AttentionShape shape, int[] positions, double theta) {
    applyRotary(host(qkv), shape, positions, theta, 1);
  }

  /** Rotary embedding, or with direction −1 its inverse. */
  void applyRotary(
      HostTensor qkv, AttentionShape shape, int[] positions, double theta, float direction) {
    int last = Arrays.stream(positions).max().orElse(0);
    if (!rotation.serves(shape.headSize(), theta, last)) {
      rotation = new Rotation(shape.headSize(), theta, last + 1);
    }
    workspace.eachRow(
        positions.length,
        shape.columns(),
        row -> rotation.applyRotary(qkv, row, shape, positions[row], direction));
  }

  @Override
  public void attention(
      Tensor asking, Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor out) {
    int queries = asking.rows() / shape.sequences();
    int heads = shape.sequences() * shape.heads();
    int wanted = workspace.tiles().threads() * TILES_PER_THREAD;
    int parts = Math.clamp(wanted / heads, 1, Math.ceilDiv(queries, LEAST_QUERIES));
    int rows = Math.ceilDiv(queries, parts);
    workspace.eachTile(
        heads * parts,
        (tile, lane) -> {
          int sequence = tile / parts / shape.heads();
          int index = tile / parts % shape.heads();
          int first = Math.min(queries, tile % parts * rows);
          int end = Math.min(queries, first + rows);
          if (first < end) {
            var head = new AttentionHead(host(asking), host(qkv), shape, sequence, index);
            attentions[lane].attend(head, first, end, mask, host(out));
          }
        });
  }

  @Override
  public void swiglu(Tensor x, Tensor out) {
    HostTensor from = host(x);
    workspace.eachRow(from.rows(), from.columns(), row -> RowKernels.swiglu(from, row, host(out)));
  }

  @Override
  public void silu(Tensor x, Tensor out) {
    HostTensor from = host(x);
    workspace.eachRow(from.rows(), from.columns(), row -> AffineKernels.silu(from, row, host(out)));
  }

  @Override
  public void gelu(Tensor x, Tensor bias) {
    HostTensor values = host(x);
    workspace.eachRow(
        values.rows(), values.columns(), row -> AffineKernels.gelu(values, row, host(bias)));
  }

  @Override
  public void exactGelu(Tensor x, Tensor bias) {
    HostTensor values = host(x);
    workspace.eachRow(
        values.rows(), values.columns(), row -> AffineKernels.exactGelu(values, row, host(bias)));
  }

  @Override
  public void add(Tensor x, Tensor out) {
    HostTensor from = host(x);
    HostTensor to = host(out);
    workspace.eachRow(
        from.rows(),
        from.columns(),
        row ->
            RowKernels.add(
                to.memory(), to.offset(row), from.memory(), from.offset(row), from.columns()));
  }

  @Override
  public void addBias(Tensor bias, Tensor out) {
    HostTensor to = host(out);
    workspace.eachRow(
        to.rows(),
        to.columns(),
        row -> RowKernels.add(to.memory(), to.offset(row), host(bias).memory(), 0, to.columns()));
  }

  @Override
  public void addGated(Tensor x, Tensor gate, Tensor shift, Tensor out) {
    HostTensor from = host(x);
    workspace.eachRow(
        from.rows(),
        from.columns(),
        row -> AffineKernels.addGated(from, row, host(gate), host(shift), host(out)));
  }

  @Override
  public void rowStatistics(Tensor x, Tensor out) {
    HostTensor from = host(x);
    workspace.eachRow(from.rows(), from.columns(), row -> RowStatistics.of(from, row, host(out)));
  }

  @Override
  public void convolution(Tensor x, Tensor context, Grid grid, Tensor weight, Tensor out) {
    Operand right = Operand.transpose(host(weight));
    products.tiled(
        pixels.neighbourhoods(host(x), host(context), grid), right, weight.columns(), 0, host(out));
  }

  @Override
  public void pixelUnshuffle(Tensor x, Grid grid, Tensor out) {
    pixels.merge(x, grid, out);
  }

  @Override
  public void pixelShuffle(Tensor x, Grid grid, Tensor out) {
    pixels.split(x, grid, out);
  }

  @Override
  public void meanPool(Tensor x, Grid grid, Tensor out) {
    pixels.mean(x, grid, out);
  }

  @Override
  public void groupNorm(
      Tensor x, Grid grid, int groups, Tensor gain, Tensor shift, float epsilon, Tensor out) {
    workspace.eachTile(
        grid.images() * groups,
        (tile, lane) ->
            new GroupNorm(host(x), grid, tile / groups, groups, tile % groups, epsilon)
                .forward(host(gain), host(shift), host(out)));
  }

  HostPixels pixels() {
    return pixels;
  }

  Workspace workspace() {
    return workspace;
  }

  Products products() {
    return products;
  }

  @Override
  public void close() {
    workspace.close();
  }

  static HostTensor host(Tensor tensor) {
    return (HostTensor) tensor;
  }
}
