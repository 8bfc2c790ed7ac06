package dev.unmask.app.cli;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.training.TextBound;
import dev.unmask.engine.training.WindowBound;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a trace's final text is worth to the model that wrote it, the prompt included. */
record FinalBound(ModelFolders models) {
  /** Enough for two digits of most texts. */
  private static final int SAMPLES = 64;

  private static final long SEED = 0;

  /** In nats a token; empty if the model is not a bundled one, or the text has gaps. */
  Optional<String> of(Trace trace) {
    int[] text = trace.state(trace.steps()).tokens();
    TraceHeader.Model made = trace.header().model();
    // A header is not believed: only a bundled model is opened for it, never a path.
    if (text.length == 0 || !models.names().contains(made.name())) {
      return Optional.empty();
    }
    try (Model model =
        Model.open(models.resolve(made.name()), Runtime.getRuntime().availableProcessors())) {
      return model.sha256().equals(made.sha256()) && isWhole(text, model)
          ? Optional.of(words(text, model))
          : Optional.empty();
    }
  }

  private static boolean isWhole(int[] text, Model model) {
    return Arrays.stream(text)
        .allMatch(
            token ->
                token >= 0
                    && token < model.vocabulary().size()
                    && token != model.vocabulary().maskId());
  }

  private static String words(int[] text, Model model) {
    List<int[]> windows = TextBound.windows(List.of(text), model.denoiser().contextLength());
    WindowBound kind = WindowBound.of(model.denoiser(), model.vocabulary());
    TextBound bound = TextBound.estimate(model.denoiser(), kind, windows, SAMPLES, SEED);
    return String.format(
        Locale.ROOT, "%.2f ± %.2f nats/token", bound.natsPerToken(), bound.standardError());
  }
}
