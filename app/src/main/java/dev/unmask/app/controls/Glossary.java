package dev.unmask.app.controls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the symbols and words of the field mean, wherever they stand in the window. */
public final class Glossary {
  /**
   * A term.
   *
   * @param name as people look for it
   * @param meaning in a sentence or two
   */
  public record Term(String name, Pattern written, String meaning) {
    private boolean isIn(String text) {
      return written.matcher(text).find();
    }

    /** The term and what it means. */
    public String words() {
      return name + ": " + meaning;
    }
  }

  private static final List<Term> TERMS =
      List.of(
          term(
              "Q_t",
              "Q_t",
              "the matrix of one step of noise. Row x, column y is the probability that a token x"
                  + " at t − 1 is a token y at t; each row adds up to 1 (D3PM, 2021)."),
          term(
              "Q_1 … Q_t",
              "Q_1",
              "the product of the steps' matrices, so what noise does from the clean text to t in"
                  + " one go. Row x, column y is q(x_t = y | x_0 = x)."),
          term(
              "marginal q(x_t | x_0)",
              "(?i)marginal|q\\(x_t",
              "where noise may have taken this token by t, told from the clean one alone: its row"
                  + " of Q_1 … Q_t."),
          term(
              "posterior q(x_s | x_t, x_0)",
              "(?i)posterior|q\\(x_s",
              "where the token was a step before, told from what it is now and from the clean one,"
                  + " by Bayes' rule. A model learns to say the same without the clean one."),
          term(
              "p(x_s | x_t)",
              "p\\(x_s",
              "where the model thinks that the token was a step before: the posterior, averaged"
                  + " over what it predicts as clean."),
          term(
              "p(x_0 | x_t)",
              "p\\(x_0",
              "what the model predicts as the clean token, given all that is left of the text at"
                  + " t."),
          term(
              "α",
              "α",
              "how much of the data is left at t. Of a text the share of tokens that noise has not"
                  + " touched; of a picture the factor in x_t = α x_0 + σ ε."),
          term(
              "σ",
              "σ",
              "how strong the noise is at t: its standard deviation in x_t = α x_0 + σ ε."),
          term(
              "SNR",
              "SNR",
              "the signal-to-noise ratio, α / (1 − α) of a text and α² / σ² of a picture. It only"
                  + " falls while noise is added."),
          term(
              "loss weight",
              "loss weight",
              "how much the cross-entropy of a masked token at this t counts in training, −α′ / (1"
                  + " − α): little where nearly all is masked, much where nearly nothing is (MDLM,"
                  + " 2024)."),
          term(
              "KL",
              "\\bKL\\b",
              "the Kullback–Leibler divergence Σ q ln(q / p): how many nats are lost by taking p"
                  + " for q; 0 only where both are the same."),
          term(
              "bound",
              "\\b[Bb]ound\\b|nats/token",
              "the most that the text's −log likelihood under the model can be, in nats a token, as"
                  + " an estimate and its standard error (the negative ELBO). Lower is better."),
          term(
              "NFE",
              "\\bNFE\\b",
              "the number of function evaluations: how often the network was asked so far."),
          term(
              "entropy",
              "\\b[Ee]ntropy\\b|ENTROPY",
              "how open the model is about a token, −Σ p ln p in nats: 0 if it is sure, ln of the"
                  + " vocabulary's size if it knows nothing."),
          term(
              "confidence",
              "\\b[Cc]onfidence\\b|CONFIDENCE",
              "the number by which the sampler ranks positions. Which one that is, the probability"
                  + " of the predicted token or another, is the sampler's own choice."),
          term(
              "remasked",
              "\\b[Rr]emasked\\b",
              "a token that had been written is masked again, so that it is predicted anew. Some"
                  + " papers, LLaDA's too, say so of a prediction that is not kept; here that is"
                  + " called kept masked."),
          term("x̂₀", "x̂", "the clean data as the model predicts it from what is there at t."),
          term("ε̂", "ε̂", "the noise in x_t as the model predicts it (DDPM, 2020)."),
          term(
              "guidance",
              "\\b[Gg]uidance\\b",
              "how far a prediction is pushed past what the model says with the condition, away"
                  + " from what it says without it; 0 is the conditioned model as it is."));

  private Glossary() {}

  private static Term term(String name, String written, String meaning) {
    return new Term(name, Pattern.compile(written), meaning);
  }

  /** All terms. */
  public static List<Term> terms() {
    return TERMS;
  }

  /** The meanings of the terms in a text, a line each; empty if there are none. */
  public static Optional<String> explain(String text) {
    String lines =
        TERMS.stream()
            .filter(term -> term.isIn(text))
            .map(Term::words)
            .collect(Collectors.joining("\n"));
    return lines.isEmpty() ? Optional.empty() : Optional.of(lines);
  }
}
