package dev.unmask.app.compare;

import dev.unmask.app.picture.History;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two texts word by word, with as many words as possible in common: the longest common subsequence,
 * so that a text that was shifted still meets its like.
 *
 * @param left the left text in stretches
 * @param right the right one
 */
record WordDiff(List<Stretch> left, List<Stretch> right) {
  /** A word with the spaces before it, or spaces at the end. */
  private static final Pattern WORD = Pattern.compile("\\s*\\S+|\\s+$");

  /** Longer texts are compared no further, for the table would take too much room. */
  private static final int MOST = 4096;

  /**
   * Some words of a text.
   *
   * @param differs whether the other text has not the same there
   */
  record Stretch(String text, boolean differs) {}

  /** Of what two runs hold after so many steps. */
  static WordDiff of(History left, int leftStep, History right, int rightStep) {
    return of(text(left, leftStep), text(right, rightStep));
  }

  /** Of two texts. */
  static WordDiff of(String left, String right) {
    List<String> a = words(left);
    List<String> b = words(right);
    int[][] common = common(a, b);
    List<Stretch> ours = new ArrayList<>();
    List<Stretch> theirs = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      boolean equal = i < a.size() && j < b.size() && same(a.get(i), b.get(j));
      if (equal) {
        add(ours, a.get(i++), false);
        add(theirs, b.get(j++), false);
      } else if (j == b.size() || i < a.size() && common[i + 1][j] >= common[i][j + 1]) {
        add(ours, a.get(i++), true);
      } else {
        add(theirs, b.get(j++), true);
      }
    }
    return new WordDiff(List.copyOf(ours), List.copyOf(theirs));
  }

  /** How many words the rest of both has in common, from each pair of places on. */
  private static int[][] common(List<String> a, List<String> b) {
    var common = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        common[i][j] =
            same(a.get(i), b.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static boolean same(String word, String other) {
    return word.strip().equals(other.strip());
  }

  private static void add(List<Stretch> stretches, String word, boolean differs) {
    if (!stretches.isEmpty() && stretches.getLast().differs == differs) {
      Stretch last = stretches.removeLast();
      stretches.add(new Stretch(last.text + word, differs));
    } else {
      stretches.add(new Stretch(word, differs));
    }
  }

  private static List<String> words(String text) {
    Matcher matcher = WORD.matcher(text);
    List<String> words = new ArrayList<>();
    while (matcher.find() && words.size() < MOST) {
      words.add(matcher.group());
    }
    return words;
  }

  /** What a run holds after so many steps; [MASK] where nothing is, once for neighbours. */
  static String text(History run, int step) {
    TraceHeader.Tokens of = run.trace().header().tokens();
    var text = new StringBuilder();
    boolean gap = false;
    for (int token : run.moment(step).state().tokens()) {
      boolean masked = token < 0 || token == of.maskId();
      if (!masked) {
        text.append(of.text(token));
      } else if (!gap) {
        text.append(text.isEmpty() ? "[MASK]" : " [MASK]");
      }
      gap = masked;
    }
    return text.toString();
  }
}
