package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.reference.recordings.HashedDenoiser;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.masked.DreamThreshold;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A small synthetic model, and runs on it. */
final class HashedModel {
  static final int SIZE = 40;
  static final int MASK = SIZE - 1;
  static final int END = 7;

  private HashedModel() {}

  static RunModel.Tokens model() {
    return new RunModel.Tokens(
        new TraceHeader.Model("hashed", "same"),
        IntStream.range(0, SIZE).mapToObj(Integer::toString).toList(),
        new Vocabulary(SIZE, MASK, new int[] {END}),
        new HashedDenoiser(5, SIZE, 48, 4096, MASK, OptionalDouble.of(-16), List.of()));
  }

  /** Three tokens given, and twelve to fill. */
  static TokenRun start(String sampler, Map<String, String> settings) {
    RunPlan<SamplerKind> plan =
        new RunPlan<>(Samplers.named(sampler), settings, RandomKind.PHILOX, 7);
    return TokenRun.start(model(), Start.of(new int[] {3, 14, 15}, 15, MASK), plan);
  }

  static TokenRun finished(String sampler, Map<String, String> settings) {
    TokenRun run = start(sampler, settings);
    run.finish(_ -> {});
    return run;
  }

  /** Twice as many steps as positions; one each where they must divide them. */
  static Map<String, String> settings(SamplerKind kind) {
    boolean hasSteps = kind.settings().stream().anyMatch(one -> one.name().equals("steps"));
    boolean divides = kind == DreamThreshold.KIND;
    return hasSteps ? Map.of("steps", divides ? "12" : "24") : Map.of();
  }
}
