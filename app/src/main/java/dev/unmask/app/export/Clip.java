package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * When which step is shown. Time is a frame's number divided by the frames a second, and never a
 * clock's.
 *
 * @param shots what is seen, in order
 * @param fps frames a second
 */
record Clip(List<Shot> shots, double fps) {
  /**
   * A picture that stays.
   *
   * @param step the playhead
   * @param turned how much of the next step's picture shows through, in [0, 1)
   * @param first the number of its first frame, from 0
   * @param frames for how many it stays
   */
  record Shot(int step, double turned, int first, int frames) {}

  /**
   * Of a trace.
   *
   * @param recorded how many steps it has
   * @throws InputException if it does not have those that are asked for
   */
  static Clip of(ExportSettings settings, int recorded) {
    int to = settings.to().orElse(recorded);
    if (to > recorded || settings.from() > to) {
      throw new InputException(
          "The trace has no steps %d to %d; choose a range within 0 to %d."
              .formatted(settings.from(), to, recorded));
    }
    double pace = settings.pace();
    int steps = to - settings.from();
    int last = (int) Math.ceil(steps / pace - 1e-9);
    int held = (int) Math.round(settings.hold() * settings.fps());
    List<Shot> shots = new ArrayList<>();
    for (int i = 0, frame = 0; i <= last; i++) {
      // A billionth of a step is an error of rounding.
      double at = Math.min(steps, Math.rint(i * pace * 1e9) / 1e9);
      int step = (int) at;
      int frames = i == 0 || i == last ? 1 + held : 1;
      double turned = settings.easing().of(at - step);
      add(shots, new Shot(settings.from() + step, turned, frame, frames));
      frame += frames;
    }
    return new Clip(List.copyOf(shots), settings.fps());
  }

  /** A shot that looks like the one before lengthens it. */
  private static void add(List<Shot> shots, Shot shot) {
    Shot before = shots.isEmpty() ? null : shots.getLast();
    if (before != null && before.step == shot.step && before.turned == shot.turned) {
      shots.removeLast();
      shots.add(new Shot(before.step, before.turned, before.first, before.frames + shot.frames));
    } else {
      shots.add(shot);
    }
  }

  /** Some of its shots, from one to before another. */
  Clip part(int from, int to) {
    int before = shots.get(from).first;
    return new Clip(
        shots.subList(from, to).stream()
            .map(shot -> new Shot(shot.step, shot.turned, shot.first - before, shot.frames))
            .toList(),
        fps);
  }

  /** Its end, as one frame. */
  Clip still() {
    return new Clip(List.of(new Shot(shots.getLast().step, 0, 0, 1)), fps);
  }

  /** How many frames there are. */
  int frames() {
    return shots.getLast().first + shots.getLast().frames;
  }

  /**
   * How long a shot is shown. The errors of rounding do not add up: the sum over all shots is the
   * whole clip's length, rounded once.
   *
   * @param perSecond what to count in
   */
  int ticks(Shot shot, int perSecond) {
    return Math.toIntExact(
        Math.round((shot.first + shot.frames) / fps * perSecond)
            - Math.round(shot.first / fps * perSecond));
  }
}
