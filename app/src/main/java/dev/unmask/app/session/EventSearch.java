package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Look;
import dev.unmask.app.picture.Phase;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds steps at which something happened. */
public final class EventSearch {
  private EventSearch() {}

  /** The next step after the frame's at which the selected token was committed or lost. */
  static OptionalInt next(Frame frame) {
    return IntStream.rangeClosed(frame.step() + 1, frame.recorded())
        .filter(step -> happened(frame, step))
        .findFirst();
  }

  /** The last such step before the frame's. */
  static OptionalInt previous(Frame frame) {
    return IntStream.iterate(frame.step() - 1, step -> step > 0, step -> step - 1)
        .filter(step -> happened(frame, step))
        .findFirst();
  }

  /** The first step at which any position looks so. */
  public static OptionalInt first(Frame frame, Look look) {
    return IntStream.rangeClosed(1, frame.recorded())
        .filter(step -> position(frame.at(step).in(Phase.DECIDED), look).isPresent())
        .findFirst();
  }

  /** The first position that looks so at the frame's step. */
  public static OptionalInt position(Frame frame, Look look) {
    Look[] looks = frame.moment().looks();
    return IntStream.range(0, looks.length).filter(p -> looks[p] == look).findFirst();
  }

  private static boolean happened(Frame frame, int step) {
    return switch (frame.history().moment(step).looks()[frame.selection()]) {
      case COMMITTED_NOW, REMASKED, EDITED -> true;
      case GIVEN, NOISE, NOT_STARTED, MASKED, KEPT_MASKED, COMMITTED -> false;
    };
  }
}
