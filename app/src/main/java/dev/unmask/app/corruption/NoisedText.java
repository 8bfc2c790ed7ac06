package dev.unmask.app.corruption;

import dev.unmask.app.corruption.BarsPainter.Bars;
import dev.unmask.app.corruption.CurvesPainter.Curves;
import dev.unmask.app.corruption.MatrixPainter.Matrix;
import dev.unmask.engine.corruption.Alphabet;
import dev.unmask.engine.corruption.Examination;
import dev.unmask.engine.corruption.Noise;
import dev.unmask.engine.corruption.TokenCorruption;
import dev.unmask.engine.noise.NoiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text under noise at a t, with all that is told about it.
 *
 * @param t of {@code text.steps()}
 * @param selection a position, −1 for none
 * @param examination what a model answered at this t, if it was asked
 */
public record NoisedText(
    Alphabet alphabet,
    Noise noise,
    TokenCorruption text,
    int t,
    int selection,
    Optional<Examination> examination) {
  /** The same at another t, where no model was asked. */
  public NoisedText at(int other) {
    return other == t
        ? this
        : new NoisedText(alphabet, noise, text, other, selection, Optional.empty());
  }

  /** The tokens as they stand. */
  List<NoisedWord> words() {
    return NoisedWord.of(
        text.clean(),
        text.at(t),
        text.at(text.steps()),
        alphabet.vocabulary().maskId(),
        this::textOf);
  }

  /** What the noise is at every t. */
  Curves curves() {
    return Curves.of(text);
  }

  /** t in [0, 1]. */
  public double time() {
    return (double) t / text.steps();
  }

  /** Q_t, the step that leads to t. */
  Matrix step() {
    return Matrix.of(
        "Q_t · THE STEP TO t", text.process().step(Math.max(1, t)), onScreen(), this::textOf);
  }

  /** The product Q_1 … Q_t. */
  Matrix product() {
    return Matrix.of(
        "Q_1 … Q_t · FROM CLEAN TO t", text.process().through(t), onScreen(), this::textOf);
  }

  /** The text's tokens, and the mask if this noise masks. */
  private int[] onScreen() {
    IntStream mask =
        noise.kind().masks() ? IntStream.of(alphabet.vocabulary().maskId()) : IntStream.empty();
    return IntStream.concat(Arrays.stream(text.clean()), mask).toArray();
  }

  /** Of the selected token: where it may be, where it was, and what the model thinks. */
  List<Bars> distributions() {
    if (selection < 0 || selection >= text.clean().length) {
      return List.of();
    }
    int clean = text.clean()[selection];
    List<Bars> all = new ArrayList<>();
    all.add(bars("q(x_t | x_0) · MARGINAL", text.marginal(selection, t), clean));
    if (t > 0) {
      all.add(bars("q(x_s | x_t, x_0) · EXACT POSTERIOR", text.posterior(selection, t), clean));
    }
    examination
        .flatMap(asked -> asked.at(selection))
        .ifPresent(
            answer -> {
              all.add(bars("p(x_s | x_t) · THE MODEL'S", answer.earlier(), clean));
              all.add(bars("p(x_0 | x_t) · THE MODEL'S", answer.distribution(), clean));
            });
    return List.copyOf(all);
  }

  private Bars bars(String title, double[] distribution, int clean) {
    return Bars.of(title, distribution, clean, this::textOf);
  }

  private String textOf(int token) {
    return alphabet.texts().get(token);
  }

  /** As it is read out. */
  String aloud() {
    return words().stream()
        .map(
            word ->
                switch (word.state()) {
                  case MASKED -> "[masked]";
                  case REPLACED ->
                      "%s [was %s]".formatted(word.text().strip(), word.clean().strip());
                  case KEPT, RETURNED -> word.text().strip();
                })
        .collect(Collectors.joining(" "));
  }

  /** In one line. */
  public String summary() {
    int length = text.clean().length;
    return String.format(
        Locale.ROOT,
        "%d of %d corrupted, %.1f expected · α %.3f · SNR %.3g · %s",
        Math.round(text.corrupted(t) * length),
        length,
        text.expectedCorrupted(t) * length,
        text.alpha(t),
        text.signalToNoise(t),
        weight());
  }

  /** How much a token counts in the loss. */
  private String weight() {
    if (noise.kind() != NoiseKind.ABSORBING) {
      return "loss: KL of the posteriors";
    }
    return t == 0
        ? "no loss at t 0"
        : String.format(Locale.ROOT, "loss weight %.3g", text.lossWeight(t));
  }
}
