package dev.unmask.engine.corruption;

import dev.unmask.engine.checkpoint.Embeddings;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.trace.TraceHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The tokens that a text is corrupted in.
 *
 * @param identity of the model that they belong to, or of none
 * @param texts of the tokens, by id
 * @param encode gives a text's tokens
 * @param embeddings of the tokens, [V][any], which may take a while to read
 */
public record Alphabet(
    TraceHeader.Model identity,
    List<String> texts,
    Vocabulary vocabulary,
    Function<String, int[]> encode,
    Supplier<double[][]> embeddings) {
  /** The name of {@link #letters}. */
  public static final String LETTERS = "letters";

  /** Where letters lie, so that those nearby are a slip of the finger away. */
  private static final List<String> KEYBOARD = List.of("qwertyuiop", "asdfghjkl", "zxcvbnm", " ");

  private static final String IN_ORDER = " abcdefghijklmnopqrstuvwxyz";

  /** How much of a unit sphere the keyboard covers. */
  private static final double KEY = 0.09;

  /**
   * A model's tokens.
   *
   * @param folder of the model; asked for only when its embeddings are
   */
  public static Alphabet of(Model model, Supplier<Path> folder) {
    RunModel.Tokens run = RunModel.of(model);
    return new Alphabet(
        run.identity(),
        run.texts(),
        run.vocabulary(),
        model.tokenizer()::encode,
        () -> Embeddings.read(folder.get(), run.vocabulary().size()));
  }

  /** The tokens of a trace, in which no other text can be written. */
  public static Alphabet of(TraceHeader header) {
    return new Alphabet(
        header.model(),
        header.tokens().vocabulary(),
        new Vocabulary(header.tokens().vocabulary().size(), header.tokens().maskId(), new int[0]),
        _ -> new int[0],
        () -> new double[0][]);
  }

  /**
   * The space and the letters a to z, in order, and a mask, as in <a
   * href="https://arxiv.org/abs/2107.03006">D3PM</a>'s text8: any other character is a space. Near
   * letters are those near on a keyboard. They belong to no model.
   */
  public static Alphabet letters() {
    List<String> texts = new ArrayList<>(IN_ORDER.chars().mapToObj(Character::toString).toList());
    texts.add("[MASK]");
    return new Alphabet(
        new TraceHeader.Model(LETTERS, ""),
        List.copyOf(texts),
        new Vocabulary(texts.size(), IN_ORDER.length(), new int[0]),
        Alphabet::spelled,
        Alphabet::keys);
  }

  private static int[] spelled(String text) {
    return text.toLowerCase(Locale.ROOT)
        .chars()
        .map(c -> Math.max(0, IN_ORDER.indexOf(c)))
        .toArray();
  }

  private static double[][] keys() {
    return Stream.concat(
            IN_ORDER.chars().mapToObj(Alphabet::key), Stream.of(new double[] {0, 0, 1}))
        .toArray(double[][]::new);
  }

  /** A point of the unit sphere. */
  private static double[] key(int letter) {
    int row = 0;
    while (KEYBOARD.get(row).indexOf(letter) < 0) {
      row++;
    }
    double x =
        KEY * (KEYBOARD.get(row).indexOf(letter) + 0.4 * row + (letter == ' ' ? 3.5 : 0) - 5);
    double y = KEY * (row - 1.5);
    return new double[] {x, y, Math.sqrt(1 - x * x - y * y)};
  }
}
