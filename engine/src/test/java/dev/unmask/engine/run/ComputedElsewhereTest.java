package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.BlockCausalDenoiser;
import dev.unmask.engine.denoiser.NextTokenDenoiser;
import dev.unmask.engine.denoiser.ShiftedDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.denoiser.transformer.LladaTransformer;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.PortableTensors;
import dev.unmask.engine.tensor.TensorOps;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a trace says of the kernels where a card computes, as which ND4J on the CPU passes here. */
class ComputedElsewhereTest {
  private static final int LENGTH = 12;
  private static final LladaArchitecture SHAPE =
      LladaConfig.read(GoldenFiles.path("tiny_llada/tiny_gqa.config.json")).architecture();

  @Test
  void aTraceNamesTheKernelsWhereTheyComputeAlone() {
    try (TokenDenoiser host = open(new HostTensors(1));
        TokenDenoiser card = open(new PortableTensors())) {
      assertThat(trace(host).header().version()).isEqualTo(TraceHeader.WRITER);
      assertThat(trace(card).header().version()).isEqualTo(TraceHeader.VERSION);
      assertThat(trace(card).header().sameKernels()).isFalse();
    }
  }

  @Test
  void whatGoesOnElsewhereNamesNoKernels() {
    try (TokenDenoiser host = open(new HostTensors(1));
        TokenDenoiser card = open(new PortableTensors())) {
      var begun = trace(host);
      assertThat(TokenRun.resume(model(card), begun, 1).trace().header().sameKernels()).isFalse();
      assertThat(TokenRun.resume(model(host), begun, 1).trace().header().sameKernels()).isTrue();
      var branch =
          new Branch(
              new TraceHeader.Parent("parent", 1),
              1,
              List.of(),
              Optional.empty(),
              Map.of(),
              OptionalLong.of(3));
      assertThat(branch.of(begun, model(card)).header().sameKernels()).isFalse();
    }
  }

  /** Those that stand before another denoiser compute nothing themselves. */
  @Test
  void whatStandsBeforeATransformerSaysWhatItSays() {
    try (TokenDenoiser host = open(new HostTensors(1));
        TokenDenoiser card = open(new PortableTensors())) {
      assertThat(before(host)).allMatch(TokenDenoiser::ownKernels);
      assertThat(before(card)).noneMatch(TokenDenoiser::ownKernels);
    }
  }

  private static Stream<TokenDenoiser> before(TokenDenoiser denoiser) {
    return Stream.of(
        new ShiftedDenoiser(denoiser),
        new BlockCausalDenoiser(denoiser, 4),
        new NextTokenDenoiser(denoiser, 0));
  }

  private static TokenDenoiser open(TensorOps ops) {
    return new LladaTransformer(
        SHAPE, SafetensorsFile.open(GoldenFiles.path("tiny_llada/tiny_gqa.safetensors")), ops);
  }

  private static RunModel.Tokens model(TokenDenoiser denoiser) {
    int size = denoiser.vocabularySize();
    return new RunModel.Tokens(
        new TraceHeader.Model("tiny", "same"),
        List.of(),
        new Vocabulary(size, size - 1, new int[0]),
        denoiser);
  }

  private static Trace<TokenState, TokenRecord> trace(TokenDenoiser denoiser) {
    var plan = new RunPlan<>(Samplers.named("llada"), Map.of("steps", "2"), RandomKind.PHILOX, 7);
    RunModel.Tokens model = model(denoiser);
    TokenRun run =
        TokenRun.start(model, Start.of(new int[] {3}, LENGTH, model.vocabulary().maskId()), plan);
    run.finish(_ -> {});
    return run.trace();
  }
}
