package dev.unmask.engine.evaluation;

import java.util.List;
import java.util.stream.LongStream;

/**
 * A trigram with interpolated Kneser-Ney smoothing: the baseline that a language model must beat.
 * Only the order that is asked first counts occurrences; those below count the contexts that a gram
 * was seen in.
 */
public final class KneserNeyTrigram {
  private final int vocabularySize;
  private final NgramTable tokens;
  private final NgramTable pairs;
  private final NgramTable triples;
  private final NgramTable pairContexts;
  private final NgramTable tokenContexts;

  private KneserNeyTrigram(List<int[]> documents, int vocabularySize) {
    this.vocabularySize = vocabularySize;
    tokens = NgramTable.count(grams(documents, 1));
    pairs = NgramTable.count(grams(documents, 2));
    triples = NgramTable.count(grams(documents, 3));
    pairContexts = triples.continuations(3);
    tokenContexts = pairs.continuations(2);
  }

  /** Counts the grams of each document by itself. */
  public static KneserNeyTrigram train(List<int[]> documents, int vocabularySize) {
    return new KneserNeyTrigram(documents, vocabularySize);
  }

  /** ln p(window), each token given up to two before it in the window. */
  public double logLikelihood(int[] window) {
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      sum += StrictMath.log(probability(window, i));
    }
    return sum;
  }

  /** p(window[i] | the two tokens before it, or as many as there are). */
  double probability(int[] window, int i) {
    int token = window[i];
    double uniform = 1.0 / vocabularySize;
    if (i == 0) {
      return tokens.probability(0, token, uniform);
    }
    double single = tokenContexts.probability(0, token, uniform);
    int before = window[i - 1];
    if (i == 1) {
      return pairs.probability(before, token, single);
    }
    double pair = pairContexts.probability(before, token, single);
    return triples.probability(NgramTable.pack(window[i - 2], before), token, pair);
  }

  private static long[] grams(List<int[]> documents, int order) {
    return documents.stream().flatMapToLong(document -> grams(document, order)).toArray();
  }

  private static LongStream grams(int[] document, int order) {
    return LongStream.range(order - 1, document.length)
        .map(
            end -> {
              long gram = 0;
              for (int i = (int) end - order + 1; i <= end; i++) {
                gram = NgramTable.pack(gram, document[i]);
              }
              return gram;
            });
  }
}
