package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.evaluation.TextBound;
import dev.unmask.engine.evaluation.WindowBound;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a trace's final text is worth to the model that wrote it, the prompt included. */
public record FinalBound(ModelFolders models) {
  /** Enough for two digits of most texts. */
  private static final int SAMPLES = 64;

  private static final long SEED = 0;

  /** In nats a token; empty if the model is not a bundled one, or the text has gaps. */
  public Optional<String> of(Trace<TokenState, TokenRecord> trace) {
    String made = trace.header().model().name();
    // A header is not believed: only a bundled model is opened for it, never a path.
    if (!models.names().contains(made)) {
      return Optional.empty();
    }
    int threads = Runtime.getRuntime().availableProcessors();
    try (Model model = Model.open(models.resolve(made), threads)) {
      return of(trace, model).map(bound -> figures(bound) + " nats/token");
    }
  }

  /**
   * In nats a token; empty if another model wrote the text, or it has gaps.
   *
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public static Optional<TextBound> of(Trace<TokenState, TokenRecord> trace, Model model) {
    int[] text = trace.state(trace.steps()).tokens();
    boolean wrote = model.sha256().equals(trace.header().model().sha256());
    return wrote && text.length > 0 && isWhole(text, model)
        ? Optional.of(estimate(text, model))
        : Optional.empty();
  }

  /**
   * There is none.
   *
   * @throws InputException always, with the reason
   */
  public static void refuse(String why) {
    throw new InputException("no bound: " + why);
  }

  private static boolean isWhole(int[] text, Model model) {
    return Arrays.stream(text)
        .allMatch(
            token ->
                token >= 0
                    && token < model.vocabulary().size()
                    && token != model.vocabulary().maskId());
  }

  private static TextBound estimate(int[] text, Model model) {
    List<int[]> windows = TextBound.windows(List.of(text), model.denoiser().contextLength());
    WindowBound kind = WindowBound.of(model.denoiser(), model.vocabulary());
    return TextBound.estimate(model.denoiser(), kind, windows, SAMPLES, SEED);
  }

  /** A bound for people, with its standard error. */
  public static String figures(TextBound bound) {
    return String.format(Locale.ROOT, "%.2f ± %.2f", bound.natsPerToken(), bound.standardError());
  }
}
