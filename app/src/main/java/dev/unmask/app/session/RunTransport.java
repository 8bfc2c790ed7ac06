package dev.unmask.app.session;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The steps of the run that a session shows. */
record RunTransport(Session session) implements Transport {
  @Override
  public Playhead playhead() {
    return session.playhead();
  }

  @Override
  public int planned() {
    return frame().map(Frame::plannedSteps).orElse(0);
  }

  @Override
  public OptionalDouble time() {
    return frame().map(Frame::time).orElse(OptionalDouble.empty());
  }

  @Override
  public void goTo(double time) {
    frame()
        .ifPresent(
            now ->
                IntStream.rangeClosed(0, now.recorded())
                    .boxed()
                    .filter(step -> now.at(step).time().isPresent())
                    .min(
                        (a, b) ->
                            Double.compare(distance(now.at(a), time), distance(now.at(b), time)))
                    .ifPresent(playhead()::seek));
  }

  private static double distance(Frame frame, double time) {
    return Math.abs(frame.time().orElseThrow() - time);
  }

  @Override
  public List<Status.Figure> figures() {
    return frame().map(now -> Status.of(now).figures()).orElse(List.of());
  }

  private Optional<Frame> frame() {
    return session.frameProperty().get();
  }
}
