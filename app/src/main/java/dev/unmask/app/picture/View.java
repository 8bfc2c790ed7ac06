package dev.unmask.app.picture;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a person looks at a trace, whatever it holds.
 *
 * @param steps that are in view
 * @param positions that are in view
 * @param pinned positions whose rows stay above the others
 * @param text how the canvas shows the sequence
 */
public record View(
    Colouring colouring, Span steps, Span positions, List<Integer> pinned, TextView text) {
  /** Everything, coloured by state. */
  public static final View WHOLE =
      new View(Colouring.STATE, Span.WHOLE, Span.WHOLE, List.of(), TextView.CELLS);

  /** The same in other colours. */
  public View in(Colouring other) {
    return new View(other, steps, positions, pinned, text);
  }

  /** The same of another part. */
  public View of(Span otherSteps, Span otherPositions) {
    return new View(colouring, otherSteps, otherPositions, pinned, text);
  }

  /** The same with the canvas read otherwise. */
  public View text(TextView other) {
    return new View(colouring, steps, positions, pinned, other);
  }

  /** The same with a row pinned, or not pinned if it was. */
  public View pinning(int position) {
    List<Integer> others =
        pinned.contains(position)
            ? pinned.stream().filter(p -> p != position).toList()
            : Stream.concat(pinned.stream(), Stream.of(position)).sorted().toList();
    return new View(colouring, steps, positions, others, text);
  }
}
