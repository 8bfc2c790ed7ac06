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
 * @param print whether it is for paper, where a caption stands in place of headings, and where type
 *     under 6 points cannot be read
 */
public record View(
    Colouring colouring,
    Span steps,
    Span positions,
    List<Integer> pinned,
    TextView text,
    boolean print) {
  /** Everything, coloured by state. */
  public static final View WHOLE =
      new View(Colouring.STATE, Span.WHOLE, Span.WHOLE, List.of(), TextView.CELLS, false);

  /** The least em on paper: 6 points, as 8 units of 1/96 inch. */
  private static final double SMALLEST_PRINT = 8;

  /** The same in other colours. */
  public View in(Colouring other) {
    return new View(other, steps, positions, pinned, text, print);
  }

  /** The same of another part. */
  public View of(Span otherSteps, Span otherPositions) {
    return new View(colouring, otherSteps, otherPositions, pinned, text, print);
  }

  /** The same with the canvas read otherwise. */
  public View text(TextView other) {
    return new View(colouring, steps, positions, pinned, other, print);
  }

  /** The same for paper, or not. */
  public View printed(boolean onPaper) {
    return new View(colouring, steps, positions, pinned, text, onPaper);
  }

  /** The least em of text: what is usual, or what can be read on paper. */
  public double smallest(double usual) {
    return print ? Math.max(usual, SMALLEST_PRINT) : usual;
  }

  /** The same with a row pinned, or not pinned if it was. */
  public View pinning(int position) {
    List<Integer> others =
        pinned.contains(position)
            ? pinned.stream().filter(p -> p != position).toList()
            : Stream.concat(pinned.stream(), Stream.of(position)).sorted().toList();
    return new View(colouring, steps, positions, others, text, print);
  }
}
