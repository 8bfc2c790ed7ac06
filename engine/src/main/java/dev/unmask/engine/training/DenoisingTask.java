package dev.unmask.engine.training;

import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.unet.UNet;
import dev.unmask.engine.denoiser.unet.UNetWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tape;
import dev.unmask.engine.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/** A U-Net that learns to tell what was done to an image, by the mean squared error of a value. */
final class DenoisingTask implements Task {
  private final LabelledImages images;
  private final TrainingCorruption corruption;
  private final UNetWeights weights;
  private final Tape tape;
  private final UNet network;
  private final ImageModelFolder model;

  DenoisingTask(
      LabelledImages images,
      TrainingCorruption corruption,
      UNetConfig config,
      int batch,
      HostTensors ops) {
    this.images = images;
    this.corruption = corruption;
    weights = new UNetWeights(ops, config.shape());
    tape = new Tape(ops, weights.all());
    network = new UNet(tape, weights, batch);
    model = new ImageModelFolder(config.json(), weights, new TensorFiles(ops));
  }

  @Override
  public List<Parameter> parameters() {
    return weights.all();
  }

  @Override
  public double lossAndGradients(Philox random) {
    ImageBatch batch = corruption.draw(images, network.images(), random);
    tape.clearGradients();
    Tensor said = network.forward(batch.x(), batch.times(), batch.labels());
    double loss = tape.squaredError(said, batch.target());
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
    return network.images();
  }

  @Override
  public String unit() {
    return "images";
  }
}
