package dev.unmask.app.export;

import dev.unmask.app.picture.Paintable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Pictures of the steps of an export, for several threads that ask for them roughly in their order.
 * What is the same at all steps is painted once, what is the same in a stretch of them once for the
 * stretch, and a step that several frames show once for them.
 */
final class Reel {
  /** Steps of a stretch: the longer, the fewer to paint, and the less that is the same. */
  private static final int STRETCH = 8;

  private final Latest<Picture> pictures;

  private Reel(Latest<Picture> pictures) {
    this.pictures = pictures;
  }

  /**
   * From one step to another.
   *
   * @param kept how many pictures are kept for those who ask again
   */
  static <P extends Paintable<P>> Reel of(ExportSubject<P> subject, int from, int to, int kept) {
    var all = new Latest<>(1, _ -> Backdrop.of(subject).of(from, to));
    var stretches =
        new Latest<>(
            1 + Math.ceilDiv(kept, STRETCH),
            stretch -> {
              int first = from + stretch * STRETCH;
              return all.at(0).of(first, Math.min(first + STRETCH - 1, to));
            });
    return new Reel(
        new Latest<>(
            kept, step -> Picture.of(stretches.at((step - from) / STRETCH).picture(step))));
  }

  /** What is seen at a step. */
  Picture at(int step) {
    return pictures.at(step);
  }

  /** Things by their numbers, each made by whoever asks for it first. */
  private static final class Latest<T> {
    private final int most;
    private final IntFunction<T> making;
    private final Map<Integer, T> kept = new ConcurrentHashMap<>();

    /**
     * Has made nothing yet.
     *
     * @param most this many numbers are kept, up to the one that was asked for last; what is asked
     *     for again after it was forgotten is made again
     */
    Latest(int most, IntFunction<T> making) {
      this.most = most;
      this.making = making;
    }

    T at(int number) {
      kept.keySet().removeIf(old -> old <= number - most);
      return kept.computeIfAbsent(number, making::apply);
    }
  }
}
