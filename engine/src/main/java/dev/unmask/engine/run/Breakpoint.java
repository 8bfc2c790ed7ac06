package dev.unmask.engine.run;

import dev.unmask.engine.check.Check;
import dev.unmask.engine.check.Checks;
import dev.unmask.engine.check.Finding;
import dev.unmask.engine.check.Moment;
import dev.unmask.engine.trace.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a run stops at: an event or what a check finds, and conditions that must all hold where it
 * happens, as in {@code commit where confidence < 0.3 and position > 20}.
 */
public record Breakpoint(What what, List<Condition> conditions) {
  /** What can be stopped at: an event, or what a check finds. */
  public sealed interface What permits Happening, Found {
    /** As it is written. */
    String word();

    /** Whether it is about a whole step, and not about a position. */
    boolean whole();

    /** Where it happens in a step, ascending. */
    IntStream positions(Moment moment);

    /** What happens there. */
    String sentence(Moment moment, int position);

    /** All that there are, in the order they are shown. */
    static List<What> all() {
      return Stream.concat(Arrays.stream(Happening.values()), Checks.ALL.stream().map(Found::new))
          .toList();
    }

    static String words() {
      return all().stream().map(What::word).collect(Collectors.joining(", "));
    }
  }

  /** The events that can be stopped at. */
  public enum Happening implements What {
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
    /** Every step. */
    STEP;

    @Override
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean whole() {
      return switch (this) {
        case STEP, BLOCK -> true;
        case COMMIT, KEEP, REMASK, EDIT, CHANGE, EOS -> false;
      };
    }

    @Override
    public IntStream positions(Moment moment) {
      return IntStream.range(0, moment.before().length()).filter(p -> happens(moment, p));
    }

    private boolean happens(Moment moment, int position) {
      Event event = moment.event(position);
      return switch (this) {
        case COMMIT -> event == Event.COMMITTED;
        case KEEP -> event == Event.KEPT_MASKED;
        case REMASK -> event == Event.REMASKED;
        case EDIT -> event == Event.EDITED;
        case CHANGE -> moment.changed(position);
        case EOS -> event == Event.COMMITTED && moment.ends(moment.after().tokens()[position]);
        case BLOCK -> moment.endsBlock();
        case STEP -> true;
      };
    }

    @Override
    public String sentence(Moment moment, int position) {
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
        case STEP -> "a step was taken";
      };
    }
  }

  /** What a check finds. */
  public record Found(Check check) implements What {
    @Override
    public String word() {
      return check.name();
    }

    @Override
    public boolean whole() {
      return false;
    }

    @Override
    public IntStream positions(Moment moment) {
      return findings(moment)
          .flatMap(finding -> finding.positions().stream())
          .mapToInt(Integer::intValue)
          .distinct()
          .sorted();
    }

    @Override
    public String sentence(Moment moment, int position) {
      return findings(moment)
          .filter(finding -> finding.positions().contains(position))
          .findFirst()
          .orElseThrow()
          .sentence();
    }

    private Stream<Finding> findings(Moment moment) {
      return moment.findings().stream().filter(finding -> finding.check().equals(check.name()));
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
