package dev.unmask.engine.training;

import dev.unmask.engine.random.Philox;
import dev.unmask.engine.random.Purpose;
import dev.unmask.engine.random.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stretches of a text that a model is trained on. Windows begin where documents begin as often
 * as they do when documents are cut up to be evaluated, and else anywhere; those that reach past a
 * document's end go on in the next one.
 */
final class TextWindows {
  private final int[] tokens;
  private final int length;

  /** For each piece that the documents are cut into: where its window may begin at the earliest. */
  private final int[] earliest;

  /** And among how many places, this one included. */
  private final int[] places;

  /**
   * The windows of a corpus.
   *
   * @param length of each, at most the number of tokens in the corpus
   */
  TextWindows(Corpus corpus, int length) {
    this.tokens = corpus.concatenated();
    this.length = length;
    List<int[]> documents = corpus.documents();
    int pieces = documents.stream().mapToInt(d -> Math.ceilDiv(d.length, length)).sum();
    earliest = new int[pieces];
    places = new int[pieces];
    int piece = 0;
    int start = 0;
    for (int[] document : documents) {
      for (int i = 0; i < document.length; i += length) {
        earliest[piece] = i == 0 ? start : start + i - length + 1;
        places[piece++] = i == 0 ? 1 : length;
      }
      start += document.length;
    }
  }

  /** Number of tokens in the text. */
  int tokens() {
    return tokens.length;
  }

  /** As many windows as asked for. */
  int[][] draw(int count, Philox random) {
    Rows each = Rows.packed(IntStream.range(0, count).toArray());
    return Arrays.stream(random.uniform64(Purpose.WINDOW, each, 2))
        .map(numbers -> window(numbers[0], numbers[1]))
        .toArray(int[][]::new);
  }

  private int[] window(double whichPiece, double whichPlace) {
    int piece = (int) (whichPiece * earliest.length);
    int start = earliest[piece] + (int) (whichPlace * places[piece]);
    int from = Math.min(start, tokens.length - length);
    return Arrays.copyOfRange(tokens, from, from + length);
  }
}
