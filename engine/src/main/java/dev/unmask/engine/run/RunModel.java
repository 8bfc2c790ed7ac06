package dev.unmask.engine.run;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.trace.TraceHeader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The model of a run: its denoiser, which the run uses and does not close, and what a trace says of
 * it.
 *
 * @param texts of the tokens, by id
 */
public record RunModel(
    TraceHeader.Model identity, List<String> texts, Vocabulary vocabulary, TokenDenoiser denoiser) {
  /** A model from a folder. */
  public static RunModel of(Model model) {
    int named = model.tokenizer().size();
    List<String> texts =
        IntStream.range(0, model.vocabulary().size())
            .mapToObj(id -> id < named ? model.tokenizer().text(id) : "")
            .toList();
    return new RunModel(
        new TraceHeader.Model(model.name(), model.sha256()),
        texts,
        model.vocabulary(),
        model.denoiser());
  }
}
