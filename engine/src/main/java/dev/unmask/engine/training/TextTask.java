package dev.unmask.engine.training;

import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.denoiser.transformer.LladaWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A language model, its text and its objective. */
final class TextTask implements Task {
  private final TextSubject subject;
  private final TextBatches batches;
  private final TensorFiles files;
  private final List<Parameter> parameters = new ArrayList<>();
  private final LladaWeights weights;
  private final Tape tape;
  private final TokenLoss loss;

  TextTask(TextSubject subject, HostTensors ops) {
    this.subject = subject;
    batches = TextBatches.of(subject);
    files = new TensorFiles(ops);
    weights = LladaWeights.allocate(subject.shape(), ops, parameters);
    tape = new Tape(ops, parameters);
    loss =
        new TokenLoss(
            tape,
            new LladaTransformer(subject.shape(), weights, tape),
            batches.objective().pattern(subject.shape().contextLength()));
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public double lossAndGradients(Philox random) {
    Batch batch = batches.draw(random);
    tape.clearGradients();
    float[] losses = loss.of(batch);
    tape.backward();
    double sum = 0;
    for (int i = 0; i < losses.length; i++) {
      sum += (double) losses[i] * batch.weights()[i];
    }
    return sum;
  }

  @Override
  public void save(Path folder) {
    model(folder).save(batches.tokens(), subject.tokenizer());
  }

  @Override
  public void load(Path folder) {
    model(folder).load();
  }

  private ModelFolder model(Path folder) {
    return new ModelFolder(folder, subject, weights, files);
  }

  @Override
  public String data() {
    return batches.text().tokens() + " tokens";
  }

  @Override
  public int batch() {
    return subject.windows() * subject.shape().contextLength();
  }

  @Override
  public String unit() {
    return "tokens";
  }
}
