package dev.unmask.app.session;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.evaluation.TextBound;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What the texts of recorded runs are worth to the models that wrote them, where somebody asked:
 * the models are asked one after the other, beside whatever is looked at.
 */
public final class RunBounds {
  private final Session session;
  private final List<String> models;
  private final Map<Path, Work<TextBound>> asked = new LinkedHashMap<>();
  private Map<Path, String> told = Map.of();

  /**
   * None yet.
   *
   * @param models those that are bundled, which alone are opened for a trace
   */
  public RunBounds(Session session, List<String> models) {
    this.session = session;
    this.models = models;
  }

  /** Asks for a run's, unless it is known. */
  public void ask(RunSummary run) {
    Work<TextBound> work = asked.computeIfAbsent(run.file(), _ -> new Work<>());
    if (work.goesOn() || work.current().isPresent()) {
      return;
    }
    if (!TraceKind.TOKENS.is(run.file())) {
      work.start(Runnable::run, _ -> FinalBound.refuse("it is no run of tokens"));
    } else if (!models.contains(run.model())) {
      work.start(Runnable::run, _ -> FinalBound.refuse("its model is not bundled"));
    } else {
      session.ask(work, run.model(), (opened, _, tell) -> score(run.file(), opened, tell));
    }
  }

  private static void score(Path file, Model opened, Consumer<TextBound> tell) {
    try (var trace = TraceKind.TOKENS.open(file)) {
      FinalBound.of(trace, opened)
          .ifPresentOrElse(
              tell, () -> FinalBound.refuse("its model is another, or its text has gaps"));
    }
  }

  /** Gives up what was not answered yet. */
  public void cancel() {
    asked.values().forEach(Work::cancel);
  }

  /** A run's, in nats a token, or why there is none; empty where nobody asked. */
  public String words(Path file) {
    return asked.containsKey(file) ? words(asked.get(file)) : "";
  }

  private static String words(Work<TextBound> work) {
    return work.current()
        .map(bound -> "bound " + FinalBound.figures(bound))
        .orElseGet(() -> work.goesOn() ? "bound …" : work.problem());
  }

  /** Whether an answer came since this was asked last. */
  public boolean changed() {
    Map<Path, String> now =
        asked.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> words(entry.getValue())));
    boolean changed = !now.equals(told);
    told = now;
    return changed;
  }
}
