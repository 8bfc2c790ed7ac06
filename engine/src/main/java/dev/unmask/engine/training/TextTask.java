package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
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
  private final SpecialTokens tokens;
  private final TextWindows text;
  private final Objective objective;
  private final TensorFiles files;
  private final List<Parameter> parameters = new ArrayList<>();
  private final LladaWeights weights;
  private final Tape tape;
  private final TokenLoss loss;

  TextTask(TextSubject subject, HostTensors ops) {
    this.subject = subject;
    tokens = SpecialTokens.read(subject.tokenizer());
    text = read(subject, tokens.end());
    objective = subject.goal().objective(tokens, subject);
    files = new TensorFiles(ops);
    weights = LladaWeights.allocate(subject.shape(), ops, parameters);
    tape = new Tape(ops, parameters);
    loss =
        new TokenLoss(
            tape,
            new LladaTransformer(subject.shape(), weights, tape),
            objective.pattern(subject.shape().contextLength()));
  }

  private static TextWindows read(TextSubject subject, int endId) {
    LladaArchitecture shape = subject.shape();
    try (Tokenizer tokenizer = Tokenizer.open(subject.tokenizer())) {
      if (tokenizer.size() > shape.vocabulary()) {
        throw new InputException(
            "%s has %d tokens, but the model is to have %d; ask for a vocabulary of as many."
                .formatted(subject.tokenizer(), tokenizer.size(), shape.vocabulary()));
      }
      Corpus corpus = Corpus.read(subject.text(), tokenizer, endId);
      TextWindows windows = new TextWindows(corpus, shape.contextLength());
      if (windows.tokens() < shape.contextLength()) {
        throw new InputException(
            "%s has only %d tokens; give a text of at least %d, the context's length."
                .formatted(subject.text(), windows.tokens(), shape.contextLength()));
      }
      return windows;
    }
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public double lossAndGradients(Philox random) {
    Batch batch = objective.draw(text.draw(subject.windows(), random), random);
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
    model(folder).save(tokens, subject.tokenizer());
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
    return text.tokens() + " tokens";
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
