package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.HostTensors.host;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The values that a pass through a network computed, and how the gradient of a loss by each goes
 * back to those that it was computed from.
 */
final class ComputationGraph {
  private final HostTensors ops;
  private final HostGradients gradients;
  private final BufferPool pool;
  private final Map<Tensor, Value> weights = new IdentityHashMap<>();
  private final List<Value> values = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<HostTensor> unasked = new ArrayList<>();
  private int pass;

  /** A matrix that operations write to; each write gives it another value. */
  private static final class Variable implements Tensor {
    final int rows;
    final int columns;
    Value value;

    Variable(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public int columns() {
      return columns;
    }
  }

  /** What a matrix holds from one write to the next. */
  static final class Value {
    private final HostTensor memory;
    private final int pass;
    private final boolean wanted;
    private boolean owner;
    private boolean kept;
    private HostTensor gradient;

    /**
     * A value.
     *
     * @param pass that it is of
     * @param wanted whether the loss's gradient by it is asked for
     * @param owner whether the memory goes back to the pool when the pass is over
     */
    private Value(HostTensor memory, int pass, boolean wanted, boolean owner) {
      this.memory = memory;
      this.pass = pass;
      this.wanted = wanted;
      this.owner = owner;
    }

    HostTensor memory() {
      return memory;
    }

    boolean wanted() {
      return wanted;
    }

    /** Lets nobody write over the memory in this pass, because it is read on the way back. */
    Value keep() {
      kept = true;
      return this;
    }
  }

  /** How the gradient by what an operation put out goes back to what it read. */
  private record Step(Value out, Runnable back) {}

  ComputationGraph(HostTensors ops, HostGradients gradients, List<Parameter> parameters) {
    this.ops = ops;
    this.gradients = gradients;
    pool = new BufferPool(ops.workspace());
    for (Parameter parameter : parameters) {
      Value weight = new Value(host(parameter.weight()), pass, true, false);
      weight.gradient = host(parameter.gradient());
      weights.put(parameter.weight(), weight);
    }
  }

  /** A matrix that holds nothing yet. */
  Tensor variable(int rows, int columns) {
    return new Variable(rows, columns);
  }

  /** A parameter's weight, a variable's value, which is zeros at first, or else a constant. */
  Value value(Tensor tensor) {
    if (!(tensor instanceof Variable variable)) {
      Value weight = weights.get(tensor);
      return weight == null ? constant(host(tensor)) : weight;
    }
    if (isEmpty(variable)) {
      gradients.clear(next(variable, List.of()).memory);
    }
    return variable.value;
  }

  private Value constant(HostTensor memory) {
    return new Value(memory, pass, false, false).keep();
  }

  /** Whether nothing was written to it in this pass. */
  boolean isEmpty(Tensor tensor) {
    return tensor instanceof Variable variable
        && (variable.value == null || variable.value.pass != pass);
  }

  /** Some rows of a value, to be read. */
  Tensor rows(Value all, int first, int count) {
    HostTensor memory = all.keep().memory.slice(first, count);
    Value part = new Value(memory, pass, all.wanted, false).keep();
    values.add(part);
    record(part, () -> ops.add(part.gradient, sum(all).slice(first, count)));
    return holding(part);
  }

  /** A value as a constant, which no gradient goes through. */
  Tensor detach(Value value) {
    return holding(constant(value.keep().memory));
  }

  private static Variable holding(Value value) {
    Variable variable = new Variable(value.memory.rows(), value.memory.columns());
    variable.value = value;
    return variable;
  }

  /**
   * Writes what an operation computes, whatever was there before.
   *
   * @param read what it computes it from
   * @param forward writes it
   * @param backward sends the gradient by it back to what was read
   */
  void compute(
      Tensor out, List<Value> read, Consumer<HostTensor> forward, Consumer<HostTensor> backward) {
    Value to = next(out, read);
    forward.accept(to.memory);
    record(to, () -> backward.accept(to.gradient));
  }

  /**
   * Changes what is there, in a way after which the gradient by it is the one before.
   *
   * @param read what it reads besides
   * @param forward changes it
   * @param backward sends the gradient by it back to what was read besides, or changes it too
   */
  void change(
      Tensor out, List<Value> read, Consumer<HostTensor> forward, Consumer<HostTensor> backward) {
    Value before = value(out);
    List<Value> all = new ArrayList<>(read);
    all.add(before);
    Value now = next(out, all);
    if (now.memory != before.memory) {
      gradients.copy(before.memory, now.memory);
    }
    forward.accept(now.memory);
    record(
        now,
        () -> {
          backward.accept(now.gradient);
          HostTensor gradient = now.gradient;
          now.gradient = null;
          put(before, gradient);
        });
  }

  private void record(Value out, Runnable back) {
    if (out.wanted) {
      steps.add(new Step(out, back));
    }
  }

  /** Writes numbers of others. */
  void write(Tensor out, int firstRow, float[] numbers) {
    boolean whole = numbers.length == out.rows() * out.columns();
    Value before = whole ? null : value(out);
    if (before != null && before.wanted) {
      throw new IllegalArgumentException("what was computed is written over as a whole");
    }
    Value now = next(out, List.of());
    if (before != null && now.memory != before.memory) {
      gradients.copy(before.memory, now.memory);
    }
    ops.write(now.memory, firstRow, numbers);
  }

  private Value next(Tensor out, List<Value> read) {
    if (!(out instanceof Variable variable)) {
      throw new IllegalArgumentException("a tape writes to what it allocated itself");
    }
    HostTensor memory = isEmpty(out) ? null : unread(variable.value);
    if (memory == null) {
      memory = pool.take(variable.rows, variable.columns);
    }
    boolean wanted = read.stream().anyMatch(Value::wanted);
    variable.value = new Value(memory, pass, wanted, true);
    values.add(variable.value);
    return variable.value;
  }

  /** Takes a value's memory away if it is nobody else's and not read again, and else is null. */
  private static HostTensor unread(Value value) {
    if (!value.owner || value.kept) {
      return null;
    }
    value.owner = false;
    return value.memory;
  }

  /** A copy of a matrix, or its memory where nobody reads it again; it is empty then. */
  HostTensor consume(Tensor x) {
    Value value = value(x);
    HostTensor memory = unread(value);
    if (memory == null) {
      memory = take(value);
      gradients.copy(value.memory, memory);
    } else {
      ((Variable) x).value = null;
    }
    return memory;
  }

  /** Memory for a gradient that is written whatever it held, and then {@link #put}. */
  HostTensor take(Value x) {
    return take(x.memory.rows(), x.memory.columns());
  }

  /** Memory of any values, to be given back. */
  HostTensor take(int rows, int columns) {
    return pool.take(rows, columns);
  }

  /** Gives memory back. */
  void give(HostTensor lent) {
    pool.give(lent);
  }

  /** Adds what came back to a value's gradient, and takes the memory. */
  void put(Value x, HostTensor gradient) {
    if (x.wanted && x.gradient == null) {
      x.gradient = gradient;
      return;
    }
    if (x.wanted) {
      ops.add(gradient, x.gradient);
    }
    pool.give(gradient);
  }

  /** Memory that a step back adds a value's gradient to. */
  HostTensor sum(Value x) {
    if (x.gradient != null) {
      return x.gradient;
    }
    HostTensor zeros = take(x);
    gradients.clear(zeros);
    if (x.wanted) {
      x.gradient = zeros;
    } else {
      unasked.add(zeros);
    }
    return zeros;
  }

  /** Goes back from the losses, whose gradients were {@link #put}, to the weights; then resets. */
  void backward() {
    for (Step step : steps.reversed()) {
      if (step.out.gradient != null) {
        step.back.run();
        unasked.forEach(pool::give);
        unasked.clear();
      }
      release(step.out);
    }
    reset();
  }

  private void release(Value value) {
    if (value.gradient != null) {
      pool.give(value.gradient);
      value.gradient = null;
    }
  }

  /** Ends the pass: variables hold nothing again. */
  void reset() {
    for (Value value : values.reversed()) {
      release(value);
      if (value.owner) {
        pool.give(value.memory);
      }
    }
    steps.clear();
    values.clear();
    pass++;
  }
}
