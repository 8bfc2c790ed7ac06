package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.HostTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A language model in LLaDA's architecture.
 *
 * @param goal what it is trained to do
 * @param text a .txt file, or .gz, of documents separated by lines {@code <|endoftext|>}
 * @param tokenizer a tokenizer.json of as many tokens as the shape has
 * @param shape told the time if the goal needs it, whatever it says of that
 * @param windows in a batch, each as long as the shape's context
 * @param block positions of a block, a divisor of the context, for {@link Goal#BLOCK} alone
 */
public record TextSubject(
    Goal goal, LladaArchitecture shape, Path text, Path tokenizer, int windows, int block)
    implements Subject {
  /**
   * Checks the numbers.
   *
   * @throws InputException if one of them cannot be
   */
  public TextSubject {
    shape = shape.timed(goal == Goal.UNIFORM);
    TrainingPlan.atLeastOne("number of layers", shape.layers());
    TrainingPlan.atLeastOne("number of heads", shape.heads());
    TrainingPlan.atLeastOne("hidden width", shape.hidden());
    TrainingPlan.atLeastOne("vocabulary", shape.vocabulary());
    TrainingPlan.atLeastOne("context", shape.contextLength());
    TrainingPlan.atLeastOne("number of windows", windows);
    if (goal == Goal.BLOCK && (block < 1 || shape.contextLength() % block != 0)) {
      throw new InputException(
          "The block is %d, which does not divide the context of %d; give a divisor."
              .formatted(block, shape.contextLength()));
    }
    if (shape.width() < 1 || shape.width() % (2 * shape.heads()) != 0) {
      throw new InputException(
          "The width is %d, which %d heads cannot share in even parts; give a multiple of %d."
              .formatted(shape.width(), shape.heads(), 2 * shape.heads()));
    }
  }

  /**
   * The batches of the first steps of a training run, for another program that is to learn the
   * same.
   *
   * @param seed of the run
   * @throws InputException if a file is wrong
   */
  public List<Batch> batches(long seed, int steps) {
    TextBatches batches = TextBatches.of(this);
    return IntStream.range(0, steps)
        .mapToObj(step -> batches.draw(new Philox(seed, step)))
        .toList();
  }

  @Override
  public Task open(HostTensors ops) {
    return new TextTask(this, ops);
  }

  @Override
  public String fingerprint() {
    String blocks = goal == Goal.BLOCK ? ", block=" + block : "";
    return "%s, %s, windows=%d%s".formatted(goal.word(), shape, windows, blocks);
  }
}
