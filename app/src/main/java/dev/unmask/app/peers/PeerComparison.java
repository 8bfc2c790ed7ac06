package dev.unmask.app.peers;

import dev.unmask.app.Spread;
import dev.unmask.app.peers.Contender.Turn;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How long this program took and how long a peer, in turn.
 *
 * @param times how often a turn did the work
 * @param ours this program's turns
 * @param theirs the peer's, as many
 * @param ideal seconds that the matrix products of the work take, were every thread a core at its
 *     peak; 0 where they are not counted
 */
public record PeerComparison(
    PeerWork work,
    int threads,
    String peer,
    int times,
    List<Turn> ours,
    List<Turn> theirs,
    double ideal,
    Agreement agreement) {
  private static final String COLUMNS = "%-11s %7s  %-12s %9s %9s %6s  %-11s %9s %7s %6s  %s%n";

  /** What stands above the lines of a table. */
  public static String header() {
    String names =
        COLUMNS.formatted(
            "", "", "", "ours", "theirs", "ratio", "", "processor", "of peak", "", "");
    String units =
        COLUMNS.formatted(
            "work", "threads", "against", "ms", "ms", "", "from–to", "ratio", "ours %", "theirs",
            "results");
    return names + units;
  }

  /** Its line of the table; a program that computed something else is no peer and has no ratio. */
  public String line() {
    Spread ratio = ratios(Turn::seconds);
    boolean alike = agreement.alike();
    return COLUMNS.formatted(
        work.name(),
        threads,
        peer,
        number(1000 * seconds(ours)),
        number(1000 * seconds(theirs)),
        alike ? real("%.2f", ratio.median()) : "–",
        alike ? real("%.2f–%.2f", ratio.least(), ratio.greatest()) : "",
        alike ? real("%.2f", ratios(Turn::processor).median()) : "–",
        share(ours),
        share(theirs),
        agreement.words());
  }

  /** How much faster the work is than on other threads, for this program and for the peer. */
  public String gain(PeerComparison before) {
    return real(
        "%-11s %d threads against %d: ours %.2f times as fast, %s %.2f%n",
        work.name(),
        threads,
        before.threads,
        before.seconds(before.ours) / seconds(ours),
        peer,
        before.seconds(before.theirs) / seconds(theirs));
  }

  /** The median seconds of doing the work once. */
  private double seconds(List<Turn> turns) {
    return Spread.of(turns.stream().mapToDouble(Turn::seconds).toArray()).median() / times;
  }

  /** Ours by theirs, of each pair of turns: what slowed the machine slowed both. */
  Spread ratios(ToDoubleFunction<Turn> of) {
    return Spread.of(
        IntStream.range(0, ours.size())
            .mapToDouble(i -> of.applyAsDouble(ours.get(i)) / of.applyAsDouble(theirs.get(i)))
            .toArray());
  }

  private String share(List<Turn> turns) {
    return ideal == 0 ? "–" : real("%.0f", 100 * ideal / seconds(turns));
  }

  private static String number(double value) {
    return real(value < 100 ? "%.2f" : "%.0f", value);
  }

  private static String real(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
