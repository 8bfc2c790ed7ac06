package dev.unmask.app.cli;

import dev.unmask.app.picture.History;
import dev.unmask.app.session.AllowedSamplers;
import dev.unmask.engine.sampler.own.OwnSampler;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What the user says of the samplers that traces name and that somebody wrote: those that were
 * allowed before may run, and with the option those that are asked about now, which is kept.
 */
final class SamplerConsent implements SamplerPermission {
  @Option(
      names = "--allow-sampler",
      description = {
        "Lets the sampler run that a trace names, where that is a .java file or a class of"
            + " somebody's",
        "own: a program, so look at it first. This is remembered until the file changes."
      })
  private boolean given;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private Optional<AllowedSamplers> kept = Optional.empty();

  @Override
  public boolean allows(OwnSampler sampler) {
    AllowedSamplers allowed = kept.orElseGet(() -> Unmask.home(spec).samplers(this::tell));
    kept = Optional.of(allowed);
    if (given && !allowed.allows(sampler)) {
      allowed.allow(sampler);
      tell("Allowed until it changes: %s, SHA-256 %s".formatted(sampler.place(), sampler.sha256()));
    }
    return allowed.allows(sampler);
  }

  /** Settles it for all samplers of a trace, where they run later or elsewhere. */
  void settle(Trace<TokenState, TokenRecord> trace) {
    trace.header().segments().stream()
        .map(Segment::sampler)
        .map(OwnSampler::of)
        .flatMap(Optional::stream)
        .forEach(this::allows);
  }

  /** A trace's history by the samplers that may run; if one may not, that is told. */
  History history(Path file, Trace<TokenState, TokenRecord> trace) {
    History history = History.of(trace, this);
    history.plan().refusal().ifPresent(refusal -> tellUnchecked(file, refusal));
    return history;
  }

  /** That a sampler may not run, so that what it declares is not known. */
  void tellUnchecked(Path file, SamplerRefusal refusal) {
    tell("The rules of %s were not checked: %s.".formatted(file, refusal.clause()));
  }

  private void tell(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }
}
