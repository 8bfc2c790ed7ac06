package dev.unmask.engine.run;

import dev.unmask.engine.trace.Breach;
import dev.unmask.engine.trace.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a run stops at: an event, and conditions that must all hold where it happens, as in {@code
 * commit where confidence < 0.3 and position > 20}.
 */
public record Breakpoint(What what, List<Condition> conditions) {
  /** The events that can be stopped at. */
  public enum What {
    /** Mask to token. */
    COMMIT,
    /** Predicted and kept masked. */
    KEEP,
    /** Token to mask. */
    REMASK,
    /** Token to token. */
    EDIT,
    /** x̂0 is not what it was when the position was last asked about. */
    CHANGE,
    /** A token that ends a text was committed. */
    EOS,
    /** The last step of a block. */
    BLOCK,
    /** An invariant was broken. */
    BREACH,
    /** Every step. */
    STEP;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static String words() {
      return Arrays.stream(values()).map(What::word).collect(Collectors.joining(", "));
    }

    /** Where it happens in a step, ascending. */
    private IntStream positions(Moment moment) {
      return this == BREACH
          ? moment.breaches().stream().mapToInt(Breach::position).sorted()
          : IntStream.range(0, moment.before().length()).filter(p -> happens(moment, p));
    }

    private boolean happens(Moment moment, int position) {
      Event event = moment.event(position);
      return switch (this) {
        case COMMIT -> event == Event.COMMITTED;
        case KEEP -> event == Event.KEPT_MASKED;
        case REMASK -> event == Event.REMASKED;
        case EDIT -> event == Event.EDITED;
        case CHANGE -> moment.changed(position);
        case EOS -> event == Event.COMMITTED && ends(moment, position);
        case BLOCK -> moment.endsBlock();
        case BREACH, STEP -> true;
      };
    }

    private static boolean ends(Moment moment, int position) {
      int token = moment.after().tokens()[position];
      return IntStream.of(moment.vocabulary().endIds()).anyMatch(end -> end == token);
    }

    private String sentence(Moment moment, int position) {
      String token =
          moment.trace().header().tokens().text(moment.token(position)).replace("\n", "⏎");
      return switch (this) {
        case COMMIT -> "'%s' was committed at position %d".formatted(token, position);
        case KEEP -> "'%s' was kept masked at position %d".formatted(token, position);
        case REMASK -> "'%s' was remasked at position %d".formatted(token, position);
        case EDIT -> "position %d was edited to '%s'".formatted(position, token);
        case CHANGE ->
            "the prediction at position %d changed to '%s'"
                .formatted(
                    position, moment.trace().header().tokens().text(moment.predicted(position)));
        case EOS -> "the text was ended at position " + position;
        case BLOCK ->
            "block %d ended".formatted(moment.sampler().block(moment.before()).index() + 1);
        case BREACH -> moment.breach(position);
        case STEP -> "a step was taken";
      };
    }
  }

  /** Something that must hold at a position. */
  public record Condition(String text, Predicate<Place> holds) {}

  /** A position at a moment. */
  public record Place(Moment moment, int position) {}

  /**
   * Where a run stopped.
   *
   * @param step how many steps were taken
   */
  public record Hit(int step, int position, String sentence) {}

  /**
   * Reads what a person wrote.
   *
   * @throws dev.unmask.engine.InputException if it cannot be understood
   */
  public static Breakpoint of(String text) {
    return new BreakpointText(text).read();
  }

  /** Whether a step is to be stopped at: the lowest position where all of it is true. */
  public Optional<Hit> hit(Moment moment) {
    return what.positions(moment)
        .filter(position -> holds(new Place(moment, position)))
        .mapToObj(
            position -> new Hit(moment.index() + 1, position, what.sentence(moment, position)))
        .findFirst();
  }

  private boolean holds(Place place) {
    return conditions.stream().allMatch(condition -> condition.holds().test(place));
  }

  /** As {@link #of} reads it. */
  public String text() {
    String where = conditions.isEmpty() ? "" : " where ";
    return what.word()
        + where
        + conditions.stream().map(Condition::text).collect(Collectors.joining(" and "));
  }
}
