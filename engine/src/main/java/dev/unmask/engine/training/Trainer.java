package dev.unmask.engine.training;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains a network. The weights after a step depend on the plan and the files alone: not on the
 * threads, nor on how often the run was killed and started again.
 */
public final class Trainer implements AutoCloseable {
  private static final double INITIAL_DEVIATION = 0.02;

  /** What the running mean of the loss keeps at a step. */
  private static final double KEEP_LOSS = 0.99;

  private final TrainingPlan plan;
  private final HostTensors ops;
  private final Task task;
  private final Optimizer optimizer;
  private final TrainingCheckpoint checkpoint;
  private int step;
  private double loss = Double.NaN;

  /**
   * Reads the data and the last checkpoint of the plan's folder, if there is one.
   *
   * @throws InputException if a file of the plan is wrong
   */
  public Trainer(TrainingPlan plan) {
    this.plan = plan;
    ops = new HostTensors(plan.threads());
    task = plan.subject().open(ops);
    optimizer = new Optimizer(ops, task.parameters());
    checkpoint = new TrainingCheckpoint(plan, new TensorFiles(ops), task.parameters(), optimizer);
    begin();
  }

  private void begin() {
    if (checkpoint.exists()) {
      step = checkpoint.load();
    } else if (plan.from().isPresent()) {
      task.load(plan.from().get());
    } else {
      List<Parameter> parameters = task.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        initialize(parameters.get(i), new Philox(plan.seed(), i));
      }
    }
  }

  private void initialize(Parameter parameter, Philox random) {
    int columns = parameter.columns();
    float[] row = new float[columns];
    for (int i = 0; i < parameter.rows(); i++) {
      double[] uniform =
          random.uniform64(Purpose.WEIGHT, Rows.packed(new int[] {i}), 2 * columns)[0];
      for (int j = 0; j < columns; j++) {
        row[j] =
            parameter.isGain()
                ? 1
                : (float) Normal.of(uniform[2 * j], uniform[2 * j + 1], INITIAL_DEVIATION);
      }
      ops.write(parameter.weight(), i, row);
    }
  }

  /** How much data there is, in words. */
  public String data() {
    return task.data();
  }

  /** Steps done. */
  public int step() {
    return step;
  }

  /**
   * Trains until the plan's last step, or until the thread is interrupted; saves a checkpoint and
   * the model now and then, and at the end.
   *
   * @throws InputException if nothing can be written to the folder, or another run is training
   *     there
   */
  public void run(Consumer<Progress> observer) {
    createFolder();
    try (AtomicFile file = checkpoint.claim()) {
      run(observer, file);
    }
  }

  private void run(Consumer<Progress> observer, AtomicFile file) {
    int firstStep = step;
    long start = System.nanoTime();
    long saved = start;
    boolean interrupted = false;
    while (step < plan.steps() && !interrupted) {
      train();
      long now = System.nanoTime();
      observer.accept(progress((now - start) / 1e9, step - firstStep));
      // Taken away, because files cannot be written by an interrupted thread; given back below.
      interrupted = Thread.interrupted();
      if (now - saved >= plan.checkpointEvery().toNanos()) {
        save(file);
        saved = now;
      }
    }
    save(file);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void train() {
    double now = task.lossAndGradients(new Philox(plan.seed(), step));
    optimizer.update(step, plan.rate(step));
    loss = Double.isNaN(loss) ? now : KEEP_LOSS * loss + (1 - KEEP_LOSS) * now;
    step++;
  }

  private Progress progress(double seconds, int stepsDone) {
    long left = Math.round(seconds / stepsDone * (plan.steps() - step));
    double speed = stepsDone * (double) task.batch() / seconds;
    return new Progress(step, plan.steps(), speed, task.unit(), loss, Duration.ofSeconds(left));
  }

  private void save(AtomicFile file) {
    task.save(plan.folder().resolve("model"));
    checkpoint.save(file, step);
  }

  private void createFolder() {
    Path folder = plan.folder();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          "The folder %s cannot be made (%s); give another one.".formatted(folder, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
