package dev.unmask.app.session;

import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a list tells of a recorded run; not the run itself, whose vocabulary alone is thousands of
 * words.
 *
 * @param model by name, as its trace says
 * @param title model, sampler and seed, or what a branch changed
 * @param text its first words, or how many images it is of
 * @param steps that were taken
 * @param evaluations NFE; −1 where the trace does not tell
 * @param parent the run that it branched from
 */
public record RunSummary(
    Path file,
    String model,
    String title,
    String text,
    int steps,
    int evaluations,
    Optional<TraceHeader.Parent> parent) {
  /** Letters of the text. */
  private static final int LETTERS = 60;

  /** Of a run of tokens. */
  public static RunSummary ofTokens(Path file, Trace<TokenState, TokenRecord> trace) {
    return of(file, trace, firstWords(trace));
  }

  /** Of a run of images. */
  public static RunSummary ofImages(Path file, Trace<BatchState, ImageRecord> trace) {
    int images = trace.header().images().shape().images();
    return of(file, trace, images == 1 ? "1 image" : images + " images");
  }

  /** Of a training. */
  public static RunSummary ofTraining(Path file, Trace<TrainingState, TrainingRecord> trace) {
    TraceHeader.Training of = trace.header().training();
    String text =
        "%s, training step %d of %d"
            .formatted(of.data().replaceFirst(":.*", ""), of.stepAt(trace.steps()), of.steps());
    return of(file, trace, text);
  }

  private static <S, T extends StepRecord<S>> RunSummary of(
      Path file, Trace<S, T> trace, String text) {
    int steps = trace.steps();
    return new RunSummary(
        file,
        trace.header().model().name(),
        title(file, trace.header()),
        text,
        steps,
        steps == 0 ? 0 : trace.step(steps - 1).evaluations(),
        trace.header().parent());
  }

  /** Model, sampler and seed; of a branch, its step and what was changed there. */
  public static String title(Path file, TraceHeader header) {
    if (header.parent().isPresent()) {
      return "at %d: %s".formatted(header.parent().get().step(), EditWords.of(header));
    }
    String from = header.source().map(source -> ", " + source).orElse("");
    return header.foreign()
        ? RecentRuns.name(file) + from
        : "%s · %s · %d"
            .formatted(header.model().name(), EditWords.sampler(header.sampler()), header.seed());
  }

  private static String firstWords(Trace<TokenState, TokenRecord> trace) {
    TraceHeader.Tokens of = trace.header().tokens();
    var words = new StringBuilder();
    for (int token : trace.state(trace.steps()).tokens()) {
      if (words.length() >= LETTERS) {
        break;
      }
      words.append(token < 0 ? "" : token == of.maskId() ? " …" : of.text(token));
    }
    String line = words.toString().replaceAll("( …)+", " …").strip();
    return Visible.text(line).replace('·', ' ');
  }

  /** Whether a person who types this looks for it. */
  boolean matches(String name, String typed) {
    String all = (name + " " + title + " " + text).toLowerCase(Locale.ROOT);
    return Stream.of(typed.toLowerCase(Locale.ROOT).strip().split("\\s+")).allMatch(all::contains);
  }
}
