package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.denoiser.LladaArchitecture;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Trains a LLaDA-architecture model on a text file. The weights after a step depend on the plan and
 * the files alone: not on the threads, nor on how often the run was killed and started again.
 */
public final class Trainer implements AutoCloseable {
  private static final double INITIAL_DEVIATION = 0.02;

  /** What the running mean of the loss keeps at a step. */
  private static final double KEEP_LOSS = 0.99;

  private final TrainingPlan plan;
  private final HostTensors ops;
  private final TextWindows windows;
  private final SpecialTokens tokens;
  private final Objective objective;
  private final Network network;
  private final Optimizer optimizer;
  private final TrainingCheckpoint checkpoint;
  private final ModelFolder model;
  private int step;
  private double loss = Double.NaN;

  /**
   * Reads the data and the last checkpoint of the plan's folder, if there is one.
   *
   * @throws InputException if a file of the plan is wrong
   */
  public Trainer(TrainingPlan plan) {
    this.plan = plan;
    LladaArchitecture shape = plan.shape();
    tokens = SpecialTokens.read(plan.tokenizer());
    windows = readWindows(plan, tokens.end());
    objective = plan.goal().objective(tokens);
    ops = new HostTensors(plan.threads());
    Weights weights = new Weights(ops, shape);
    network = new Network(ops, shape, weights, plan.windows(), objective.causal());
    optimizer = new Optimizer(ops, weights.all());
    TensorFiles files = new TensorFiles(ops);
    checkpoint = new TrainingCheckpoint(plan, files, weights.all(), optimizer);
    model = new ModelFolder(plan.folder().resolve("model"), plan.goal(), shape, weights, files);
    begin(weights, files);
  }

  private static TextWindows readWindows(TrainingPlan plan, int endId) {
    try (Tokenizer tokenizer = Tokenizer.open(plan.tokenizer())) {
      if (tokenizer.size() > plan.shape().vocabulary()) {
        throw new InputException(
            "%s has %d tokens, but the model is to have %d; ask for a vocabulary of as many."
                .formatted(plan.tokenizer(), tokenizer.size(), plan.shape().vocabulary()));
      }
      Corpus corpus = Corpus.read(plan.data(), tokenizer, endId);
      TextWindows windows = new TextWindows(corpus, plan.shape().contextLength());
      if (windows.tokens() < plan.shape().contextLength()) {
        throw new InputException(
            "%s has only %d tokens; give a text of at least %d, the context's length."
                .formatted(plan.data(), windows.tokens(), plan.shape().contextLength()));
      }
      return windows;
    }
  }

  private void begin(Weights weights, TensorFiles files) {
    if (checkpoint.exists()) {
      step = checkpoint.load();
    } else if (plan.from().isPresent()) {
      new ModelFolder(plan.from().get(), plan.goal(), plan.shape(), weights, files).load();
    } else {
      for (int i = 0; i < weights.all().size(); i++) {
        initialize(weights.all().get(i), new Philox(plan.seed(), i));
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
        row[j] = parameter.isGain() ? 1 : normal(uniform[2 * j], uniform[2 * j + 1]);
      }
      ops.write(parameter.weight(), i, row);
    }
  }

  /** A normal number from two uniform ones, by Box and Muller. */
  private static float normal(double u, double v) {
    double radius = Math.sqrt(-2 * Math.log(1 - u));
    return (float) (INITIAL_DEVIATION * radius * Math.cos(2 * Math.PI * v));
  }

  /** Number of tokens in the data. */
  public int corpusTokens() {
    return windows.tokens();
  }

  /** Steps done. */
  public int step() {
    return step;
  }

  /**
   * Trains until the plan's last step, or until the thread is interrupted; saves a checkpoint and
   * the model now and then, and at the end.
   */
  public void run(Consumer<Progress> observer) {
    createFolder();
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
        save();
        saved = now;
      }
    }
    save();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void train() {
    Philox random = new Philox(plan.seed(), step);
    Batch batch = objective.draw(windows.draw(plan.windows(), random), random);
    double now = weightedSum(network.lossesAndGradients(batch), batch.weights());
    optimizer.update(step, plan.rate(step));
    loss = Double.isNaN(loss) ? now : KEEP_LOSS * loss + (1 - KEEP_LOSS) * now;
    step++;
  }

  private static double weightedSum(float[] losses, float[] weights) {
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += (double) losses[i] * weights[i];
    }
    return sum;
  }

  private Progress progress(double seconds, int stepsDone) {
    long left = Math.round(seconds / stepsDone * (plan.steps() - step));
    double speed = stepsDone * (double) plan.batchTokens() / seconds;
    return new Progress(step, plan.steps(), speed, loss, Duration.ofSeconds(left));
  }

  private void save() {
    model.save(tokens, plan.tokenizer());
    checkpoint.save(step);
  }

  private void createFolder() {
    try {
      Files.createDirectories(plan.folder());
    } catch (IOException e) {
      throw new InputException(
          "The folder %s cannot be made (%s); give another one."
              .formatted(plan.folder(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    ops.close();
  }
}
