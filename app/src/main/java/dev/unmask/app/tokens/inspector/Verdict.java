package dev.unmask.app.tokens.inspector;

import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.StepView;
import dev.unmask.app.picture.Visible;
import dev.unmask.engine.trace.Candidates;
import dev.unmask.engine.trace.Grounds;
import dev.unmask.engine.trace.Measure;
import dev.unmask.engine.trace.Rule;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What decided about a position in a step, in words: what the sampler recorded, and nothing that
 * only looks so.
 *
 * @param moment of the step, from 1 on
 */
record Verdict(Trace<TokenState, TokenRecord> trace, StepView moment, int position) {
  /** As many digits as two figures may need to be told apart. */
  private static final int MOST_DIGITS = 9;

  /** Half of the last of two digits. */
  private static final float SEEN = 0.005f;

  /**
   * "it had confidence 0.83, 2nd of 15; the quota was 4.", as a whole sentence or the end of one.
   */
  String words() {
    return switch (rule()) {
      case UNTOLD -> subject() + " had " + figure() + ". The recording does not tell why.";
      case RANK -> standing() + ".";
      case PLANNER -> "scored by the planner, " + standing() + ".";
      case THRESHOLD -> subject() + " had " + againstThreshold("the threshold") + ".";
      case REVISION -> subject() + " had " + againstThreshold("the threshold for changes") + ".";
      case DOUBT -> "it had " + againstThreshold("the threshold for what stays") + ".";
      case FORCED -> forced() + ".";
      case LEFT_OVER -> "%s had %s, and was the only one left over.".formatted(subject(), figure());
      case CHANCE -> byChance() + ".";
      case ORDER -> "its turn had come in a fixed order; " + subject() + " had " + figure() + ".";
      case ANY -> anyOf() + ".";
      case SAMPLED ->
          "%s had %s; of %d positions %d were drawn by their scores, %s."
              .formatted(
                  subject(),
                  figure(),
                  place().count(),
                  grounds().quota(),
                  isTaken() ? "this one too" : "not this one");
      case ALL -> "this step takes all; " + subject() + " had " + figure() + ".";
      case AWAITED ->
          "%s had %s; a planner is to score it before anything is committed."
              .formatted(subject(), figure());
      case BOUND -> withinBound() + ".";
      case NOISED -> noised() + ".";
      case CORRECTED -> "it was chosen for a correction and drawn anew, given all others.";
      case ENDED ->
          "the end was reached, where the most probable tokens are taken; %s had %s."
              .formatted(subject(), figure());
      case INSTEAD_OF_MASK ->
          "nothing but the mask was to be committed, so the most probable other token was.";
    };
  }

  /** Whether the recording tells what decided. */
  boolean isTold() {
    return rule() != Rule.UNTOLD;
  }

  /**
   * What decided; untold if the number that it went by is not in the recording, as in others'
   * traces.
   */
  private Rule rule() {
    Rule rule = grounds().rule(position);
    boolean whole =
        switch (rule) {
          case RANK, PLANNER, SAMPLED -> grounds().quota() >= 0;
          case THRESHOLD, REVISION, DOUBT, FORCED -> !Float.isNaN(grounds().threshold(position));
          case BOUND ->
              !Float.isNaN(grounds().threshold(position))
                  && !Float.isNaN(grounds().score(position));
          case CHANCE -> !Float.isNaN(grounds().chance(position));
          case NOISED -> !Float.isNaN(grounds().chance(position)) || grounds().quota() >= 0;
          case UNTOLD, LEFT_OVER, ORDER, ANY, ALL, AWAITED, CORRECTED, ENDED, INSTEAD_OF_MASK ->
              true;
        };
    return whole ? rule : Rule.UNTOLD;
  }

  /** Whether a score was recorded. */
  boolean isScored() {
    return !Float.isNaN(confidence());
  }

  /** " with confidence 0.83", or what the prediction gives the token that stands there. */
  String ofPrediction() {
    return grounds().rule(position) == Rule.DOUBT
        ? " and gives what stands there %s %s"
            .formatted(grounds().measure().words(), number(confidence()))
        : " with " + figure();
  }

  private Grounds grounds() {
    return moment.decision().grounds();
  }

  private float confidence() {
    return moment.decision().confidence()[position];
  }

  private Look look() {
    return moment.looks()[position];
  }

  private Place place() {
    return Place.of(moment, position, trace.header().tokens().maskId());
  }

  private boolean isTaken() {
    return look() != Look.KEPT_MASKED && look() != Look.REMASKED;
  }

  /** A token that was committed was named before. */
  private String subject() {
    int predicted = moment.decision().predicted()[position];
    return switch (look()) {
      case KEPT_MASKED, EDITED -> predicted < 0 ? "it" : quoted(predicted);
      case GIVEN, NOISE, NOT_STARTED, MASKED, COMMITTED_NOW, COMMITTED, REMASKED -> "it";
    };
  }

  private String quoted(int token) {
    return "“" + Visible.text(trace.header().tokens().text(token)) + "”";
  }

  /** "confidence 1.00 (the model's probability is 0.51)": both, where they are not the same. */
  String figure() {
    if (!isScored()) {
      return "no confidence recorded";
    }
    Measure measure = grounds().measure();
    String figure = measure.words() + " " + number(confidence());
    float own = look() == Look.REMASKED ? Float.NaN : ofModel();
    boolean same =
        switch (measure) {
          case UNTOLD, PROBABILITY, DRAWN_FROM -> Math.abs(own - confidence()) < SEEN;
          case LOG_PROBABILITY, NOISY, MARGIN, NEGATIVE_ENTROPY, RANDOM, SCORE -> false;
        };
    if (Float.isNaN(own) || same) {
      return figure;
    }
    return figure
        + (measure == Measure.DRAWN_FROM ? " as it was drawn" : "")
        + " (the model's probability is %s)".formatted(number(own));
  }

  /** The denoiser's probability of what was predicted, NaN if it is not among the best. */
  private float ofModel() {
    Candidates candidates = trace.step(moment.step() - 1).candidates();
    int predicted = moment.decision().predicted()[position];
    int first = position * candidates.perPosition();
    return IntStream.range(first, first + candidates.perPosition())
        .filter(i -> predicted >= 0 && candidates.ids()[i] == predicted)
        .mapToObj(i -> candidates.probabilities()[i])
        .findFirst()
        .orElse(Float.NaN);
  }

  private String standing() {
    Place place = place();
    String scored =
        grounds().measure() == Measure.RANDOM
            ? " was ranked at random, "
            : " had " + figure() + ", ";
    String quota =
        grounds().quota() >= place.count()
            ? "all were taken"
            : "the quota was " + grounds().quota();
    return subject() + scored + place.words() + "; " + quota;
  }

  private String againstThreshold(String threshold) {
    float limit = grounds().threshold(position);
    int digits = digits(confidence(), limit);
    String verb =
        switch (look()) {
          case KEPT_MASKED, MASKED -> ", not above ";
          case REMASKED -> ", below ";
          case GIVEN, NOISE, NOT_STARTED, COMMITTED_NOW, COMMITTED, EDITED -> ", which reached ";
        };
    String figure = digits > 2 ? grounds().measure().words() + " " : "";
    return (digits > 2 ? figure + number(confidence(), digits) : figure())
        + verb
        + threshold
        + " "
        + number(limit, digits);
  }

  private String forced() {
    long sure = committedBy(Rule.THRESHOLD);
    long forced = committedBy(Rule.FORCED);
    int digits = digits(confidence(), grounds().threshold(position));
    String limit = number(grounds().threshold(position), digits);
    String own = number(confidence(), digits);
    if (sure == 0 && forced == 1) {
      return "no token reached the threshold %s, so the most confident one, %s, was committed"
          .formatted(limit, own);
    }
    return "%s reached the threshold %s, so the %d most confident were committed, %s among them"
        .formatted(
            sure == 0 ? "no token" : "only %d token%s".formatted(sure, sure == 1 ? "" : "s"),
            limit,
            sure + forced,
            own);
  }

  private long committedBy(Rule rule) {
    return IntStream.range(0, moment.looks().length)
        .filter(p -> moment.looks()[p] == Look.COMMITTED_NOW && grounds().rule(p) == rule)
        .count();
  }

  private String byChance() {
    float draw = grounds().draw(position);
    String chance = number(grounds().chance(position));
    boolean onlyMasks = trace.header().noise().equals("absorbing");
    int now = moment.decision().next().tokens()[position];
    String drawn =
        now == trace.header().tokens().maskId() ? "the mask was drawn" : quoted(now) + " was drawn";
    return switch (look()) {
      case KEPT_MASKED, MASKED ->
          "it is unmasked with a chance of %s, and %s"
              .formatted(chance, Float.isNaN(draw) ? drawn : number(draw) + " was drawn");
      case COMMITTED_NOW ->
          Float.isNaN(draw)
              ? "it is unmasked with a chance of %s, and %s, which had %s"
                  .formatted(chance, drawn, figure())
              : "it is unmasked with a chance of %s, and %s was drawn; it had %s"
                  .formatted(chance, number(draw), figure());
      case REMASKED ->
          "it is %s with a chance of %s, and %s"
              .formatted(onlyMasks ? "remasked" : "changed", chance, drawn);
      case GIVEN, NOISE, NOT_STARTED, COMMITTED, EDITED ->
          "it is changed with a chance of %s, and %s".formatted(chance, drawn);
    };
  }

  private String anyOf() {
    long masks =
        IntStream.range(0, moment.looks().length)
            .filter(p -> grounds().rule(p) == Rule.ANY)
            .count();
    return isTaken()
        ? "it was drawn from %d masks, each as probable; it had %s".formatted(masks, figure())
        : "another one was drawn from %d masks, each as probable".formatted(masks);
  }

  private String withinBound() {
    float together = grounds().score(position);
    float bound = grounds().threshold(position);
    int digits = digits(together, bound);
    return "the surer tokens have an entropy of %s together, %s the bound %s%s"
        .formatted(
            number(together, digits),
            together <= bound ? "within" : "over",
            number(bound, digits),
            together <= bound ? "" : ", so it became noise again");
  }

  private String noised() {
    float chance = grounds().chance(position);
    if (!Float.isNaN(chance)) {
      return "it becomes noise again with a chance of %s, and did".formatted(number(chance));
    }
    return standing() + ", so it became noise again";
  }

  private static int digits(float one, float other) {
    int digits = 2;
    while (digits < MOST_DIGITS
        && one != other
        && number(one, digits).equals(number(other, digits))) {
      digits++;
    }
    return digits;
  }

  /** Two digits, or the first two that are not 0. */
  private static String number(float value) {
    int digits = 2;
    while (digits < MOST_DIGITS
        && value != 0
        && Math.abs(value) < 0.5 * StrictMath.pow(10, 1 - digits)) {
      digits++;
    }
    return number(value, digits);
  }

  private static String number(float value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
