package dev.unmask.engine.training;

import dev.unmask.engine.checkpoint.UNetConfig;
import dev.unmask.engine.denoiser.unet.UNet;
import dev.unmask.engine.denoiser.unet.UNetShape;
import dev.unmask.engine.denoiser.unet.UNetWeights;
import dev.unmask.engine.random.Philox;
import dev.unmask.engine.tensor.HostGradients;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.nio.file.Path;
import java.util.List;

/**
 * DDPM's simple objective (https://arxiv.org/abs/2006.11239, equation 14): the mean squared error
 * of the predicted noise at a uniform step.
 */
final class NoiseTask implements Task {
  private final LabelledImages images;
  private final HostGradients gradients;
  private final UNetConfig config;
  private final double[] kept;
  private final UNetWeights weights;
  private final UNet network;
  private final TensorFiles files;

  NoiseTask(ImageSubject subject, LabelledImages images, HostTensors ops) {
    this.images = images;
    gradients = new HostGradients(ops);
    files = new TensorFiles(ops);
    config =
        UNetConfig.ddpm(
            new UNetShape(
                images.height(),
                images.width(),
                1,
                images.classes(),
                subject.fine(),
                subject.coarse(),
                subject.blocks()));
    kept = config.kept();
    weights = new UNetWeights(ops, config.shape());
    network = new UNet(ops, weights, subject.batch());
  }

  @Override
  public List<Parameter> parameters() {
    return weights.all();
  }

  @Override
  public double lossAndGradients(Philox random) {
    NoisedImages batch = NoisedImages.draw(images, network.images(), kept, random);
    float[] slopes = network.forward(batch.x(), batch.times(), batch.labels());
    double squares = 0;
    for (int i = 0; i < slopes.length; i++) {
      float error = slopes[i] - batch.noise()[i];
      squares += (double) error * error;
      slopes[i] = 2 * error / slopes.length;
    }
    weights.all().forEach(parameter -> gradients.clear(parameter.gradient()));
    network.backward(slopes);
    return squares / slopes.length;
  }

  @Override
  public void save(Path folder) {
    new UNetFolder(folder, config, weights, files).save();
  }

  @Override
  public void load(Path folder) {
    new UNetFolder(folder, config, weights, files).load();
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
