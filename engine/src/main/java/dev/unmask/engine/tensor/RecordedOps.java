package dev.unmask.engine.tensor;

import dev.unmask.engine.tensor.ComputationGraph.Value;
import java.util.List;

/**
 * The host's operations as a {@link Tape} writes them down: each computes what {@link HostTensors}
 * does, and says how the gradient by what it put out goes back to what it read.
 */
abstract sealed class RecordedOps implements ImageOps permits Tape {
  final HostTensors ops;
  final HostGradients gradients;
  final ComputationGraph graph;

  RecordedOps(HostTensors ops, List<Parameter> parameters) {
    this.ops = ops;
    gradients = new HostGradients(ops);
    graph = new ComputationGraph(ops, gradients, parameters);
  }

  /** x[i, columns[i]] = x[i, columns[i]] + values[i]. */
  public void addAt(Tensor x, int[] columns, float[] values) {
    graph.change(x, List.of(), now -> ops.addAt(now, columns, values), _ -> {});
  }

  @Override
  public boolean ownKernels() {
    return true;
  }

  @Override
  public Tensor allocate(int rows, int columns) {
    return graph.variable(rows, columns);
  }

  /** Weights are parameters of the operations below, or constants allocated there. */
  @Override
  public Tensor stored(int columns, List<StoredRows> parts) {
    throw new UnsupportedOperationException("a tape reads weights of float32");
  }

  /** Of a matrix that was written to, to be read; of another one, to be written by itself. */
  @Override
  public Tensor rows(Tensor tensor, int first, int count) {
    return graph.isEmpty(tensor)
        ? graph.variable(count, tensor.columns())
        : graph.rows(graph.value(tensor), first, count);
  }

  @Override
  public void write(Tensor tensor, int firstRow, float[] values) {
    graph.write(tensor, firstRow, values);
  }

  @Override
  public void read(Tensor tensor, int row, float[] into) {
    ops.read(graph.value(tensor).memory(), row, into);
  }

  @Override
  public void embed(Tensor table, int[] ids, Tensor out) {
    Value from = graph.value(table);
    graph.compute(
        out,
        List.of(from),
        to -> ops.embed(from.memory(), ids, to),
        dOut -> gradients.embed(ids, dOut, graph.sum(from)));
  }

  @Override
  public void gather(Tensor x, int[] rows, Tensor out) {
    embed(x, rows, out);
  }

  @Override
  public void rmsNorm(Tensor x, Tensor gain, float epsilon, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(gain).keep();
    graph.compute(
        out,
        List.of(from, by),
        to -> ops.rmsNorm(from.memory(), by.memory(), epsilon, to),
        dOut ->
            gradients.rmsNorm(
                from.memory(), by.memory(), epsilon, dOut, graph.sum(from), graph.sum(by)));
  }

  @Override
  public void layerNorm(Tensor x, Tensor gain, Tensor shift, float epsilon, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(gain).keep();
    Value plus = graph.value(shift);
    graph.compute(
        out,
        List.of(from, by, plus),
        to -> ops.layerNorm(from.memory(), by.memory(), plus.memory(), epsilon, to),
        dOut ->
            gradients.layerNorm(
                from.memory(),
                by.memory(),
                epsilon,
                dOut,
                graph.sum(from),
                graph.sum(by),
                graph.sum(plus)));
  }

  @Override
  public void groupNorm(
      Tensor x, Grid grid, int groups, Tensor gain, Tensor shift, float epsilon, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(gain).keep();
    Value plus = graph.value(shift);
    graph.compute(
        out,
        List.of(from, by, plus),
        to -> ops.groupNorm(from.memory(), grid, groups, by.memory(), plus.memory(), epsilon, to),
        dOut ->
            gradients.groupNorm(
                from.memory(),
                grid,
                groups,
                by.memory(),
                epsilon,
                dOut,
                graph.sum(from),
                graph.sum(by),
                graph.sum(plus)));
  }

  @Override
  public void linear(Tensor x, Tensor weight, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(weight).keep();
    graph.compute(
        out,
        List.of(from, by),
        to -> ops.linear(from.memory(), by.memory(), to),
        dOut -> linearBack(from, by, dOut));
  }

  @Override
  public void linearAdd(Tensor x, Tensor weight, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(weight).keep();
    graph.change(
        out,
        List.of(from, by),
        to -> ops.linearAdd(from.memory(), by.memory(), to),
        dOut -> linearBack(from, by, dOut));
  }

  private void linearBack(Value x, Value weight, HostTensor dOut) {
    if (weight.wanted()) {
      gradients.linearWeight(dOut, x.memory(), graph.sum(weight));
    }
    if (x.wanted()) {
      HostTensor dx = graph.take(x);
      gradients.linearInput(dOut, weight.memory(), dx);
      graph.put(x, dx);
    }
  }

  @Override
  public void rotary(Tensor qkv, AttentionShape shape, int[] positions, double theta) {
    graph.change(
        qkv,
        List.of(),
        now -> ops.rotary(now, shape, positions, theta),
        gradient -> gradients.rotary(gradient, shape, positions, theta));
  }

  @Override
  public void attention(
      Tensor asking, Tensor qkv, AttentionShape shape, AttentionMask mask, Tensor out) {
    Value queries = graph.value(asking).keep();
    Value keys = graph.value(qkv).keep();
    graph.compute(
        out,
        List.of(queries, keys),
        to -> ops.attention(queries.memory(), keys.memory(), shape, mask, to),
        dOut -> attentionBack(queries, keys, shape, mask, dOut));
  }

  private void attentionBack(
      Value asking, Value qkv, AttentionShape shape, AttentionMask mask, HostTensor dOut) {
    HostTensor dQkv = graph.take(qkv);
    HostTensor dAsking = dQkv;
    if (asking != qkv) {
      dAsking = graph.take(asking);
      // Keys and values of the one that asks, and queries of the one that answers, say nothing.
      gradients.clear(dAsking);
      gradients.clear(dQkv);
    }
    gradients.attention(asking.memory(), qkv.memory(), shape, mask, dOut, dAsking, dQkv);
    if (asking != qkv) {
      graph.put(asking, dAsking);
    }
    graph.put(qkv, dQkv);
  }

  interface Forward {
    void apply(HostTensor x, HostTensor out);
  }

  interface Backward {
    void apply(HostTensor x, HostTensor dOut, HostTensor dx);
  }

  /** An operation on one matrix alone. */
  final void map(Value from, Tensor out, Forward forward, Backward backward) {
    graph.compute(
        out,
        List.of(from),
        to -> forward.apply(from.memory(), to),
        dOut -> {
          HostTensor dx = graph.take(from);
          backward.apply(from.memory(), dOut, dx);
          graph.put(from, dx);
        });
  }

  @Override
  public void swiglu(Tensor x, Tensor out) {
    map(graph.value(x).keep(), out, ops::swiglu, gradients::swiglu);
  }

  @Override
  public void silu(Tensor x, Tensor out) {
    map(graph.value(x).keep(), out, ops::silu, gradients::silu);
  }

  @Override
  public void pixelUnshuffle(Tensor x, Grid grid, Tensor out) {
    map(
        graph.value(x),
        out,
        (from, to) -> ops.pixelUnshuffle(from, grid, to),
        (_, dOut, dx) -> ops.pixelShuffle(dOut, grid, dx));
  }

  @Override
  public void pixelShuffle(Tensor x, Grid grid, Tensor out) {
    map(
        graph.value(x),
        out,
        (from, to) -> ops.pixelShuffle(from, grid, to),
        (_, dOut, dx) -> ops.pixelUnshuffle(dOut, grid, dx));
  }

  @Override
  public void meanPool(Tensor x, Grid grid, Tensor out) {
    map(
        graph.value(x),
        out,
        (from, to) -> ops.meanPool(from, grid, to),
        (_, dOut, dx) -> ops.pixels().meanGradient(dOut, grid, dx));
  }

  private interface BiasedBackward {
    void apply(HostTensor x, HostTensor bias, HostTensor dOut, HostTensor dx);
  }

  @Override
  public void gelu(Tensor x, Tensor bias) {
    activate(x, bias, ops::gelu, gradients::gelu);
  }

  @Override
  public void exactGelu(Tensor x, Tensor bias) {
    activate(x, bias, ops::exactGelu, gradients::exactGelu);
  }

  private void activate(Tensor x, Tensor bias, Forward forward, BiasedBackward backward) {
    Value from = graph.value(x).keep();
    Value plus = graph.value(bias).keep();
    graph.compute(
        x,
        List.of(from, plus),
        to -> {
          gradients.copy(from.memory(), to);
          forward.apply(to, plus.memory());
        },
        dOut -> {
          HostTensor dx = graph.take(from);
          backward.apply(from.memory(), plus.memory(), dOut, dx);
          gradients.bias(dx, graph.sum(plus));
          graph.put(from, dx);
        });
  }

  @Override
  public void add(Tensor x, Tensor out) {
    Value from = graph.value(x);
    graph.change(
        out,
        List.of(from),
        to -> ops.add(from.memory(), to),
        dOut -> {
          HostTensor dx = graph.take(from);
          gradients.copy(dOut, dx);
          graph.put(from, dx);
        });
  }

  @Override
  public void addBias(Tensor bias, Tensor out) {
    Value plus = graph.value(bias);
    graph.change(
        out,
        List.of(plus),
        to -> ops.addBias(plus.memory(), to),
        dOut -> gradients.bias(dOut, graph.sum(plus)));
  }

  @Override
  public void addGated(Tensor x, Tensor gate, Tensor shift, Tensor out) {
    Value from = graph.value(x).keep();
    Value by = graph.value(gate).keep();
    Value plus = graph.value(shift);
    graph.change(
        out,
        List.of(from, by, plus),
        to -> ops.addGated(from.memory(), by.memory(), plus.memory(), to),
        dOut -> {
          gradients.gated(from.memory(), dOut, graph.sum(by), graph.sum(plus));
          HostTensor dx = graph.take(from);
          gradients.scale(dOut, by.memory(), dx);
          graph.put(from, dx);
        });
  }

  @Override
  public void convolution(Tensor x, Tensor context, Grid grid, Tensor weight, Tensor out) {
    Value from = graph.value(x).keep();
    Value told = graph.value(context).keep();
    Value by = graph.value(weight).keep();
    graph.compute(
        out,
        List.of(from, told, by),
        to -> ops.convolution(from.memory(), told.memory(), grid, by.memory(), to),
        dOut -> convolutionBack(from, told, grid, by, dOut));
  }

  private void convolutionBack(Value x, Value context, Grid grid, Value weight, HostTensor dOut) {
    HostPixels pixels = ops.pixels();
    if (weight.wanted()) {
      // Gathered again, since it is nine times as large as the image.
      HostTensor around = pixels.around(x.memory(), context.memory(), grid);
      gradients.linearWeight(dOut, around, graph.sum(weight));
    }
    if (x.wanted() || context.wanted()) {
      HostTensor dAround = graph.take(grid.rows(), weight.memory().columns());
      gradients.linearInput(dOut, weight.memory(), dAround);
      HostTensor dx = graph.take(x);
      pixels.neighbourhoodsGradient(dAround, grid, dx);
      graph.put(x, dx);
      HostTensor dContext = graph.take(context);
      pixels.contextGradient(dAround, grid, dContext);
      graph.put(context, dContext);
      graph.give(dAround);
    }
  }

  /** Frees nothing: the memory is that of the operations below. */
  @Override
  public void rowStatistics(Tensor x, Tensor out) {
    throw new UnsupportedOperationException("statistics of rows have no gradient");
  }

  @Override
  public void close() {}
}
