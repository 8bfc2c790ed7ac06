package dev.unmask.engine.denoiser.transformer;

import dev.unmask.engine.denoiser.CheckpointTensors;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import dev.unmask.engine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The weights of LLaDA's transformer, out of a checkpoint or to be trained.
 *
 * @param tokenEmbedding [vocabulary × width]
 * @param head [predicted tokens × width]; the same tensor as the embedding where they are tied
 * @param time what its features are told by: [width × features]
 */
public record LladaWeights(
    Tensor tokenEmbedding,
    List<LladaLayer> layers,
    Tensor norm,
    Tensor head,
    Optional<Tensor> time) {
  static LladaWeights load(LladaArchitecture shape, CheckpointTensors tensors) {
    LlamaNames names = shape.names();
    Tensor tokenEmbedding = tensors.fused(names.tokenEmbedding());
    List<LladaLayer> layers =
        IntStream.range(0, shape.layers())
            .mapToObj(layer -> LladaLayer.load(shape, layer, tensors))
            .toList();
    return new LladaWeights(
        tokenEmbedding,
        layers,
        tensors.fused(names.norm()),
        shape.tied() ? tokenEmbedding : tensors.fused(names.head()),
        shape.timed() ? Optional.of(tensors.fused(LladaArchitecture.TIME)) : Optional.empty());
  }

  /**
   * New weights, all zero.
   *
   * @param parameters takes each of them once, in a fixed order
   */
  public static LladaWeights allocate(
      LladaArchitecture shape, HostTensors ops, List<Parameter> parameters) {
    int width = shape.width();
    Tensor tokenEmbedding =
        add(parameters, Parameter.table(ops, "table", shape.vocabulary(), width));
    List<LladaLayer> layers = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.add(LladaLayer.allocate(shape, layer, ops, parameters));
    }
    Tensor norm = add(parameters, Parameter.gain(ops, "norm", width));
    Tensor head =
        shape.tied()
            ? tokenEmbedding
            : add(parameters, Parameter.table(ops, "head", shape.vocabulary(), width));
    Optional<Tensor> time =
        shape.timed()
            ? Optional.of(add(parameters, Parameter.table(ops, "time", width, TimeFeatures.COUNT)))
            : Optional.empty();
    return new LladaWeights(tokenEmbedding, List.copyOf(layers), norm, head, time);
  }

  static Tensor add(List<Parameter> parameters, Parameter parameter) {
    parameters.add(parameter);
    return parameter.weight();
  }
}
