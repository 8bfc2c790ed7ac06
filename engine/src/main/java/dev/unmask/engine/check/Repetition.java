package dev.unmask.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A stretch of the text that says the same tokens over and over: with a period of at most {@link
 * #LONGEST} tokens, at least {@link #TIMES} times and {@link #TOKENS} tokens long. Speech repeats a
 * word two or three times; so much it does not. Where few tokens are known, the stretch must be
 * long enough that equally probable ones would not give it by chance.
 */
final class Repetition implements Check {
  private static final int LONGEST = 16;
  private static final int TIMES = 4;
  private static final int TOKENS = 8;

  @Override
  public String name() {
    return "repeat";
  }

  @Override
  public String looksFor() {
    return "tokens repeat: up to "
        + LONGEST
        + " tokens stand at least "
        + TIMES
        + " times in a row, "
        + TOKENS
        + " tokens or more";
  }

  @Override
  public String limits() {
    return "Ends of the text and blanks may repeat. A phrase that comes back after other words is"
        + " not seen.";
  }

  @Override
  public Watch<Moment> tokens() {
    return new Watch<>() {
      private int told = -1;

      @Override
      public List<Finding> after(Moment moment) {
        int[] tokens = moment.after().tokens();
        List<Finding> findings = new ArrayList<>();
        for (int period = 1; period <= LONGEST && findings.isEmpty(); period++) {
          for (Stretch stretch : stretches(moment, tokens, period)) {
            if (stretch.from != told && stretch.changed(moment)) {
              told = stretch.from;
              findings.add(stretch.finding(moment));
              break;
            }
          }
        }
        return findings;
      }
    };
  }

  private List<Stretch> stretches(Moment moment, int[] tokens, int period) {
    List<Stretch> stretches = new ArrayList<>();
    int from = 0;
    for (int i = period; i <= tokens.length; i++) {
      if (i < tokens.length && tokens[i] == tokens[i - period] && says(moment, tokens[i])) {
        continue;
      }
      int length = i - from;
      if (length >= TOKENS
          && length >= TIMES * period
          && Chance.rare(logChance(moment, tokens.length, length - period))) {
        stretches.add(new Stretch(from, length, period));
      }
      from = i - period + 1;
    }
    return stretches;
  }

  /** Of so many tokens being those of a period before, somewhere, if all are equally probable. */
  private static double logChance(Moment moment, int length, int repeated) {
    return StrictMath.log(length)
        - repeated * StrictMath.log(Math.max(2, moment.vocabulary().size()));
  }

  private static boolean says(Moment moment, int token) {
    return token >= 0
        && token != moment.mask()
        && !moment.ends(token)
        && !moment.trace().header().tokens().text(token).isBlank();
  }

  private record Stretch(int from, int length, int period) {
    /** Whether the step put one of its tokens there. */
    boolean changed(Moment moment) {
      return IntStream.range(from, from + length)
          .anyMatch(i -> moment.before().tokens()[i] != moment.after().tokens()[i]);
    }

    Finding finding(Moment moment) {
      var texts = new StringBuilder();
      for (int i = from; i < from + period; i++) {
        texts.append(moment.trace().header().tokens().text(moment.after().tokens()[i]));
      }
      return moment.finding(
          new Repetition(),
          IntStream.range(from, from + length).boxed().toList(),
          "'%s' stands %d times in a row, at positions %d to %d",
          texts.toString().replace("\n", "⏎"),
          length / period,
          from,
          from + length - 1);
    }
  }
}
