package dev.unmask.app.export;

import dev.unmask.app.session.Work;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How large the next export will be, worked out beside the window: anew for other settings at once,
 * for another step or more of a run when the last answer is a second old.
 */
final class ExpectedSize {
  /** Until an answer is asked for again, in nanoseconds. */
  private static final long AGAIN = 1_000_000_000;

  private static final String UNKNOWN = "size …";

  private final Executor encoding;
  private final Work<Answer> work = new Work<>();
  private Optional<Question> asked = Optional.empty();
  private long askedAt;

  /** Of an export. */
  private record Question(Exhibit exhibit, ExportSettings settings, ExportFormat format) {
    /** Whether another is of the same, but for how far it is. */
    boolean alike(Question other) {
      return format == other.format
          && exhibit.getClass() == other.exhibit.getClass()
          && placeless(settings).equals(placeless(other.settings));
    }

    /** One step is about as large as another. */
    private static ExportSettings placeless(ExportSettings settings) {
      boolean one = settings.to().isPresent() && settings.to().getAsInt() == settings.from();
      return one ? settings.only(0) : settings;
    }
  }

  private record Answer(Question to, long bytes) {}

  ExpectedSize(Executor encoding) {
    this.encoding = encoding;
  }

  /**
   * What is known now, for people.
   *
   * @param moving whether another step is shown soon, for which it is not asked now
   */
  String words(Exhibit exhibit, ExportSettings settings, ExportFormat format, boolean moving) {
    var question = new Question(exhibit, settings, format);
    boolean other = asked.filter(question::alike).isEmpty();
    boolean stale = !asked.equals(Optional.of(question)) && !moving && !work.goesOn();
    if (other || stale && System.nanoTime() - askedAt > AGAIN) {
      asked = Optional.of(question);
      askedAt = System.nanoTime();
      work.start(
          encoding,
          tell ->
              tell.accept(
                  new Answer(question, SizeEstimate.bytes(exhibit.subject(settings), format))));
    }
    return work.value()
        .filter(answer -> answer.to.alike(question))
        .map(answer -> SizeEstimate.words(answer.bytes))
        .orElse(UNKNOWN);
  }
}
