package dev.unmask.engine.training;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.random.Philox;

/**
 * What a language model is shown, step after step.
 *
 * @param tokens that its text does not hold
 * @param count of windows in a batch
 */
record TextBatches(SpecialTokens tokens, TextWindows text, Objective objective, int count) {
  /**
   * Reads a subject's text.
   *
   * @throws InputException if a file is wrong, or does not fit the shape
   */
  static TextBatches of(TextSubject subject) {
    SpecialTokens tokens = SpecialTokens.read(subject.tokenizer());
    return new TextBatches(
        tokens,
        read(subject, tokens.end()),
        subject.goal().objective(tokens, subject),
        subject.windows());
  }

  private static TextWindows read(TextSubject subject, int endId) {
    LladaArchitecture shape = subject.shape();
    try (Tokenizer tokenizer = Tokenizer.open(subject.tokenizer())) {
      if (tokenizer.size() > shape.vocabulary()) {
        throw new InputException(
            "%s has %d tokens, but the model is to have %d; ask for a vocabulary of as many."
                .formatted(subject.tokenizer(), tokenizer.size(), shape.vocabulary()));
      }
      Corpus corpus = Corpus.read(subject.text(), tokenizer, endId);
      TextWindows windows = new TextWindows(corpus, shape.contextLength());
      if (windows.tokens() < shape.contextLength()) {
        throw new InputException(
            "%s has only %d tokens; give a text of at least %d, the context's length."
                .formatted(subject.text(), windows.tokens(), shape.contextLength()));
      }
      return windows;
    }
  }

  /**
   * A step's batch.
   *
   * @param random the numbers of this step
   */
  Batch draw(Philox random) {
    return objective.draw(text.draw(count, random), random);
  }
}
