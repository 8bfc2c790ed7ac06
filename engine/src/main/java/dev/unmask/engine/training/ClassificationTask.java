package dev.unmask.engine.training;

import dev.unmask.engine.checkpoint.ClassifierConfig;
import dev.unmask.engine.denoiser.unet.Classifier;
import dev.unmask.engine.denoiser.unet.ClassifierWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A classifier that learns to tell what images show, by the likelihood of their classes. */
final class ClassificationTask implements Task {
  private final LabelledImages images;
  private final ClassifierWeights weights;
  private final Tape tape;
  private final Classifier classifier;
  private final ImageModelFolder model;

  ClassificationTask(LabelledImages images, ClassifierConfig config, int batch, HostTensors ops) {
    this.images = images;
    weights = new ClassifierWeights(ops, config.shape());
    tape = new Tape(ops, weights.all());
    classifier = new Classifier(tape, weights, batch);
    model = new ImageModelFolder(config.json(), weights, new TensorFiles(ops));
  }

  @Override
  public List<Parameter> parameters() {
    return weights.all();
  }

  @Override
  public double lossAndGradients(Philox random) {
    int size = images.height() * images.width();
    float[] x = new float[batch() * size];
    int[] labels = new int[batch()];
    Rows each = Rows.packed(IntStream.range(0, batch()).toArray());
    double[][] choices = random.uniform64(Purpose.WINDOW, each, 1);
    for (int i = 0; i < labels.length; i++) {
      int image = (int) (choices[i][0] * images.count());
      images.copy(image, x, i * size);
      labels[i] = images.labels()[image];
    }
    tape.clearGradients();
    double loss = tape.crossEntropy(classifier.forward(x), labels);
    tape.backward();
    return loss;
  }

  @Override
  public void save(Path folder) {
    model.save(folder);
  }

  @Override
  public void load(Path folder) {
    model.load(folder);
  }

  @Override
  public String data() {
    return images.count() + " images";
  }

  @Override
  public int batch() {
    return classifier.images();
  }

  @Override
  public String unit() {
    return "images";
  }
}
