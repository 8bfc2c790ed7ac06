package dev.unmask.engine.run;

import dev.unmask.engine.sampler.api.ImageSamplerKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of images that is still to begin. */
record AskedImages(Start.Images where, RunPlan<ImageSamplerKind> plan) {
  AskedImages(
      ImageSamplerKind kind,
      Map<String, String> settings,
      List<Integer> labels,
      double guidance,
      long seed,
      Optional<Start.Given> given) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(ImageRun.GUIDANCE.name(), String.valueOf(guidance));
    this(new Start.Images(labels, given), new RunPlan<>(kind, all, seed));
  }

  ImageRun start(RunModel.Images model) {
    return ImageRun.start(model, where, plan);
  }
}
