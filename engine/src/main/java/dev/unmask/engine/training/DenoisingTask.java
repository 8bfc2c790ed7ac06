package dev.unmask.engine.training;

import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.unet.UNet;
import dev.unmask.engine.denoiser.unet.UNetWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.nio.file.Path;
import java.util.List;

/** A U-Net that learns to tell what was done to an image, by the mean squared error of a value. */
final class DenoisingTask implements Task {
  private final LabelledImages images;
  private final Corruption corruption;
  private final HostGradients gradients;
  private final UNetWeights weights;
  private final UNet network;
  private final ImageModelFolder model;

  DenoisingTask(
      LabelledImages images, Corruption corruption, UNetConfig config, int batch, HostTensors ops) {
    this.images = images;
    this.corruption = corruption;
    gradients = new HostGradients(ops);
    weights = new UNetWeights(ops, config.shape());
    network = new UNet(ops, weights, batch);
    model = new ImageModelFolder(config.json(), weights, new TensorFiles(ops));
  }

  @Override
  public List<Parameter> parameters() {
    return weights.all();
  }

  @Override
  public double lossAndGradients(Philox random) {
    ImageBatch batch = corruption.draw(images, network.images(), random);
    float[] slopes = network.forward(batch.x(), batch.times(), batch.labels());
    double squares = 0;
    for (int i = 0; i < slopes.length; i++) {
      float error = slopes[i] - batch.target()[i];
      squares += (double) error * error;
      slopes[i] = 2 * error / slopes.length;
    }
    weights.all().forEach(parameter -> gradients.clear(parameter.gradient()));
    network.backward(slopes);
    return squares / slopes.length;
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
