package dev.unmask.app.corruption;

import dev.unmask.app.session.Beginning;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.corruption.Denoising;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.util.Map;

/** A run that goes back from a corrupted text, by the sampler for its noise. */
record DenoiseRequest(String model, Denoising denoising, String sampler, long seed)
    implements Beginning {
  @Override
  public String words() {
    return "%s from %.2f".formatted(sampler, denoising.time());
  }

  @Override
  public TokenRun start(Model opened, SamplerPermission samplers) {
    return denoising.start(RunModel.of(opened), Samplers.named(sampler, samplers), Map.of(), seed);
  }
}
