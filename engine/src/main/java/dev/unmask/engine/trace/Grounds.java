package dev.unmask.engine.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * On what grounds a step decided as it did, as its sampler tells it. What is not told of any
 * position is an empty array; of one, {@link Rule#UNTOLD} or NaN.
 *
 * @param rules a {@link Rule}'s number a position
 * @param measure what the step's confidences are
 * @param quota how many the step was to take, −1 if it had no such number
 * @param score what was compared, where that is not the confidence
 * @param chance of what stands at a position to be left, in [0, 1]
 * @param draw the uniform number, in [0, 1), that was less than the chance or not, where a single
 *     one decided
 * @param threshold that the score was compared with
 */
public record Grounds(
    byte[] rules,
    Measure measure,
    int quota,
    float[] score,
    float[] chance,
    float[] draw,
    float[] threshold) {
  private static final float[] UNTOLD = new float[0];

  /** A sampler that tells nothing. */
  public static final Grounds NONE =
      new Grounds(new byte[0], Measure.UNTOLD, -1, UNTOLD, UNTOLD, UNTOLD, UNTOLD);

  /** What is told of no position takes no room. */
  public Grounds {
    boolean ruled = false;
    for (byte rule : rules) {
      ruled |= rule != 0;
    }
    rules = ruled ? rules : new byte[0];
    score = told(score);
    chance = told(chance);
    draw = told(draw);
    threshold = told(threshold);
  }

  private static float[] told(float[] values) {
    for (float value : values) {
      if (!Float.isNaN(value)) {
        return values;
      }
    }
    return UNTOLD;
  }

  /** A rule for each position, or for each of those that {@link #at} names. */
  public static Grounds of(Measure measure, Rule... rules) {
    byte[] numbers = new byte[rules.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (byte) rules[i].ordinal();
    }
    return new Grounds(numbers, measure, -1, UNTOLD, UNTOLD, UNTOLD, UNTOLD);
  }

  /** The same rule for so many. */
  public static Grounds of(Measure measure, Rule rule, int count) {
    return of(measure, Collections.nCopies(count, rule).toArray(Rule[]::new));
  }

  /** With what the confidences are. */
  public Grounds withMeasure(Measure other) {
    return new Grounds(rules, other, quota, score, chance, draw, threshold);
  }

  /** With how many the step was to take. */
  public Grounds withQuota(int number) {
    return new Grounds(rules, measure, number, score, chance, draw, threshold);
  }

  /** With what was compared in place of the confidence. */
  public Grounds withScore(float... values) {
    return new Grounds(rules, measure, quota, values, chance, draw, threshold);
  }

  /** With the chances that what stands is left. */
  public Grounds withChance(float... values) {
    return new Grounds(rules, measure, quota, score, values, draw, threshold);
  }

  /** With the same chance everywhere. */
  public Grounds withChance(float value) {
    return withChance(everywhere(value));
  }

  /** With the uniform numbers that decided, each alone. */
  public Grounds withDraw(float... values) {
    return new Grounds(rules, measure, quota, score, chance, values, threshold);
  }

  /** With what each score was compared with. */
  public Grounds withThreshold(float... values) {
    return new Grounds(rules, measure, quota, score, chance, draw, values);
  }

  /** With the same threshold everywhere. */
  public Grounds withThreshold(float value) {
    return withThreshold(everywhere(value));
  }

  private float[] everywhere(float value) {
    float[] values = new float[rules.length];
    Arrays.fill(values, value);
    return values;
  }

  /**
   * Of a whole sequence, from what is told of some of its positions.
   *
   * @param positions of the elements
   * @param length of the sequence
   */
  public Grounds at(int[] positions, int length) {
    byte[] placed = new byte[rules.length == 0 ? 0 : length];
    for (int i = 0; i < rules.length; i++) {
      placed[positions[i]] = rules[i];
    }
    return new Grounds(
        placed,
        measure,
        quota,
        at(positions, length, score),
        at(positions, length, chance),
        at(positions, length, draw),
        at(positions, length, threshold));
  }

  private static float[] at(int[] positions, int length, float[] values) {
    float[] placed = new float[values.length == 0 ? 0 : length];
    Arrays.fill(placed, Float.NaN);
    for (int i = 0; i < values.length; i++) {
      placed[positions[i]] = values[i];
    }
    return placed;
  }

  /** What decided about a position. */
  public Rule rule(int position) {
    return rules.length == 0 ? Rule.UNTOLD : Rule.of(rules[position]);
  }

  /** What was compared in place of its confidence, NaN if nothing was. */
  public float score(int position) {
    return at(position, score);
  }

  /** The chance that what stood there is left, NaN if it is not told. */
  public float chance(int position) {
    return at(position, chance);
  }

  /** The number that decided, NaN if none did alone. */
  public float draw(int position) {
    return at(position, draw);
  }

  /** What its score was compared with, NaN if with nothing. */
  public float threshold(int position) {
    return at(position, threshold);
  }

  private static float at(int position, float[] values) {
    return values.length == 0 ? Float.NaN : values[position];
  }

  /** The names of the columns that hold what is told. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (rules.length > 0) {
      columns.add("rule");
    }
    if (measure != Measure.UNTOLD) {
      columns.add("measure");
    }
    if (quota >= 0) {
      columns.add("quota");
    }
    add(columns, "score", score);
    add(columns, "chance", chance);
    add(columns, "draw", draw);
    add(columns, "threshold", threshold);
    return columns;
  }

  private static void add(List<String> columns, String name, float[] values) {
    if (values.length > 0) {
      columns.add(name);
    }
  }
}
