package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.run.Branch;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a person asks to be run from a step of another run, which stays as it is.
 *
 * @param parent where that run is recorded
 * @param step how many of its steps are kept
 * @param sampler that goes on, if not the parent's
 * @param settings that are changed
 */
public record BranchRequest(
    Path parent,
    String model,
    int step,
    List<Edit> edits,
    Optional<String> sampler,
    Map<String, String> settings)
    implements Beginning {
  /** It is named in the branch's trace by what the whole file is. */
  @Override
  public Optional<Path> origin() {
    return Optional.of(parent);
  }

  @Override
  public String words() {
    return "branch at " + step;
  }

  @Override
  public TokenRun start(Model opened, SamplerPermission samplers) {
    try (var trace = TraceKind.TOKENS.open(parent)) {
      var origin = new TraceHeader.Parent(Sha256.of(parent), step);
      var branch = new Branch(origin, step, edits, sampler, settings, OptionalLong.empty());
      return RunModel.of(opened).branch(trace, branch, samplers);
    }
  }
}
