package dev.unmask.app.peers;

import static java.util.stream.Collectors.joining;

import dev.unmask.app.peers.Contender.Session;
import dev.unmask.app.peers.Contender.Turn;
import dev.unmask.engine.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * This program and peers, who do the same works in turn.
 *
 * @param rounds turns of each that count
 * @param peak multiply-adds a second of one core at its best
 */
public record Race(ThisProgram ours, List<Contender> peers, int rounds, double peak) {
  /** Seconds of the processor that each has before its turns count: compilers, caches. */
  private static final double WARM_UP = 3;

  /** Seconds that a turn takes at least, so that clocks and hand-overs do not matter. */
  private static final double TURN = 0.5;

  /** Between turns: threads that wait for work by spinning have given up then. */
  private static final long PAUSE_NANOS = 30_000_000;

  /** On this machine. */
  public Race(List<Contender> peers, int rounds) {
    this(new ThisProgram(), peers, rounds, Kernels.peak());
  }

  /** What runs, and on what. */
  public String words() {
    String against =
        peers.stream().map(peer -> "against %s%n".formatted(peer.name())).collect(joining());
    return "%s; a core's peak is %.0f GFLOP/s%n".formatted(Machine.now().words(), 2 * peak / 1e9)
        + "ours is %s%n%s".formatted(ours.name(), against)
        + "medians of %d turns; ratio = ours / theirs%n".formatted(rounds);
  }

  /** One with each peer that does such works. */
  public List<PeerComparison> run(PeerWork work, int threads) {
    List<Entrant> entrants = new ArrayList<>();
    try (Session own = ours.open(work, threads).orElseThrow()) {
      for (Contender peer : peers) {
        peer.open(work, threads)
            .ifPresent(session -> entrants.add(new Entrant(peer.name(), session)));
      }
      return race(work, threads, new Entrant(ours.name(), own), entrants);
    } finally {
      entrants.forEach(entrant -> entrant.session().close());
    }
  }

  private List<PeerComparison> race(PeerWork work, int threads, Entrant own, List<Entrant> others) {
    double fastest = warmUp(own.session());
    for (Entrant other : others) {
      fastest = Math.min(fastest, warmUp(other.session()));
    }
    int times = (int) Math.ceil(TURN / fastest);
    for (int round = 0; round < rounds; round++) {
      own.turn(times);
      others.forEach(other -> other.turn(times));
    }
    double ideal = own.session().multiplyAdds() / (threads * peak);
    float[] result = own.session().result();
    return others.stream()
        .map(
            other ->
                new PeerComparison(
                    work,
                    threads,
                    other.name(),
                    times,
                    own.turns(),
                    other.turns(),
                    ideal,
                    Agreement.of(work, result, other.session().result())))
        .toList();
  }

  /** Who is at work, and what each turn took. */
  private record Entrant(String name, Session session, List<Turn> turns) {
    Entrant(String name, Session session) {
      this(name.split(" ")[0], session, new ArrayList<>());
    }

    void turn(int times) {
      LockSupport.parkNanos(PAUSE_NANOS);
      turns.add(session.run(times));
    }
  }

  /** Seconds of doing it once, at the fastest; each time it is done twice as often. */
  private static double warmUp(Session session) {
    double spent = 0;
    double fastest = Double.POSITIVE_INFINITY;
    for (int times = 1; spent < WARM_UP; times *= 2) {
      Turn turn = session.run(times);
      spent += Math.max(turn.processor(), turn.seconds() / 10);
      fastest = Math.min(fastest, turn.seconds() / times);
    }
    return fastest;
  }
}
