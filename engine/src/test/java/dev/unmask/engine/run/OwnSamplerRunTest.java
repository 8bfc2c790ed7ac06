package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceComparison;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a sampler that somebody wrote. */
class OwnSamplerRunTest {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");
  private static final TraceHeader.Parent PARENT = new TraceHeader.Parent("parent", 2);

  @TempDir Path folder;
  private Path source;
  private String name;
  private SamplerPermission named;
  private TokenRun run;

  @BeforeEach
  void aRunByIt() throws IOException {
    source = Files.copy(TEMPLATE, folder.resolve("MySampler.java"));
    name = source.toString();
    named = SamplerPermission.named(name);
    var plan = new RunPlan<>(Samplers.named(name, named), Map.of(), RandomKind.PHILOX, 7);
    Start.Tokens start = Start.of(new int[] {3, 14, 15}, 15, HashedModel.MASK);
    run = TokenRun.start(HashedModel.model(), start, plan);
    run.finish(_ -> {});
  }

  @Test
  void theFingerprintOfTheSamplersSourceIsRecorded() {
    Path file = folder.resolve("own.trace.safetensors");
    TraceFile.write(file, run.trace());
    Optional<String> sha256 = Samplers.named(name, named).sha256();
    try (var read = TraceKind.TOKENS.open(file)) {
      assertThat(sha256).isPresent();
      assertThat(read.header().segments())
          .singleElement()
          .extracting(Segment::samplerSha256)
          .isEqualTo(sha256);
    }
  }

  @Test
  void withoutPermissionTheStepsAreThereAndTheRulesAreNot() {
    Trace<TokenState, TokenRecord> trace = run.trace();
    Replay replay = Replay.of(trace);
    assertThat(replay.refusal().map(SamplerRefusal::allowable)).contains(true);
    assertThat(replay.sampler(0)).isInstanceOf(UnnamedSampler.class);
    assertThat(replay.moment(trace.steps() - 1).breaches()).isEmpty();
    Replay allowed = Replay.of(trace, named);
    assertThat(allowed.refusal()).isEmpty();
    assertThat(allowed.sampler(0)).isNotInstanceOf(UnnamedSampler.class);
  }

  @Test
  void aRunByItNeedsNoPermissionToBeLookedAtWhileItGoesOn() {
    assertThat(run.replay().refusal()).isEmpty();
    assertThat(run.replay().sampler(0)).isSameAs(run.sampler());
  }

  @Test
  void goesOnFromATraceOnlyIfItIsAllowed() {
    assertThatThrownBy(() -> TokenRun.resume(HashedModel.model(), run.trace(), 2))
        .isInstanceOf(RefusedSamplerException.class);
    assertThatThrownBy(() -> branch(Optional.empty(), SamplerPermission.NONE))
        .isInstanceOf(RefusedSamplerException.class);
    assertThat(new TraceComparison(branch(Optional.empty(), named).trace(), run.trace()).first())
        .isEmpty();
  }

  @Test
  void whereAnotherGoesOnItsRulesAreCheckedAndTheFormerOnesAreNot() {
    TokenRun branch = branch(Optional.of("llada"), SamplerPermission.NONE);
    assertThat(branch.replay().refusal()).isPresent();
    assertThat(branch.replay().sampler(0)).isInstanceOf(UnnamedSampler.class);
    assertThat(branch.replay().sampler(2)).isSameAs(branch.sampler());
    Replay later = Replay.of(branch.trace());
    assertThat(later.refusal().map(SamplerRefusal::sampler)).contains(name);
    assertThat(later.sampler(2)).isNotInstanceOf(UnnamedSampler.class);
  }

  @Test
  void aChangedSourceGoesOnOnlyIfItIsNamedAgain() throws IOException {
    Files.writeString(source, Files.readString(source) + "// changed\n");
    assertThatThrownBy(() -> branch(Optional.empty(), named))
        .isInstanceOf(RefusedSamplerException.class)
        .hasMessageContaining("is not the version that made the trace");
    assertThat(Replay.of(run.trace(), named).refusal().map(SamplerRefusal::allowable))
        .contains(false);
    List<Segment> segments = branch(Optional.of(name), named).trace().header().segments();
    assertThat(segments).extracting(Segment::sampler).containsExactly(name, name);
    assertThat(segments.getLast().samplerSha256())
        .isPresent()
        .isNotEqualTo(segments.getFirst().samplerSha256());
  }

  private TokenRun branch(Optional<String> sampler, SamplerPermission permission) {
    RunModel.Tokens model = HashedModel.model();
    Trace<TokenState, TokenRecord> start =
        new Branch(PARENT, 2, List.of(), sampler, Map.of(), OptionalLong.empty())
            .of(run.trace(), model, permission);
    TokenRun branch = TokenRun.resume(model, start, 2, permission);
    branch.finish(_ -> {});
    return branch;
  }
}
