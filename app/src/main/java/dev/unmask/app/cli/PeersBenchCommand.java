package dev.unmask.app.cli;

import dev.unmask.app.Assets;
import dev.unmask.app.TemporaryFolder;
import dev.unmask.app.peers.Contender;
import dev.unmask.app.peers.OnnxPeer;
import dev.unmask.app.peers.PeerComparison;
import dev.unmask.app.peers.PeerWork;
import dev.unmask.app.peers.Race;
import dev.unmask.app.peers.TorchPeer;
import dev.unmask.app.peers.Works;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ModelFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures other programs beside this one. */
@Command(
    name = "peers",
    description = {
      "Does the same works with this program, with torch and with onnxruntime, in turn, and"
          + " compares how long they take and what comes of them.",
      "torch is found if the Python has it; onnxruntime if the program was built with mvn -Ppeers."
    },
    showDefaultValues = true)
final class PeersBenchCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "WORK",
      description =
          "block-256, block-768, stories, llada-256, llada-1024, training, emoji, fashion; all if"
              + " none is given.")
  private List<String> works = Works.NAMES;

  @Option(
      names = "--rounds",
      converter = OptionValues.FromOne.class,
      paramLabel = "N",
      description = "Turns of each that count.")
  private int rounds = 5;

  @Option(
      names = "--threads",
      converter = OptionValues.Threads.class,
      split = ",",
      paramLabel = "N",
      description = "That all compute on; several numbers one after the other.")
  private List<Integer> threads = List.of(1, 2);

  @Option(names = "--python", paramLabel = "PROGRAM", description = "A Python that has torch.")
  private String python = "python3";

  @Option(names = "--script", paramLabel = "FILE", description = "What computes with torch.")
  private Path script = Path.of("samples", "python", "torch_peer.py");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    works.forEach(Works::check);
    PrintWriter out = spec.commandLine().getOut();
    List<Contender> peers = new ArrayList<>();
    try (var folder = new TemporaryFolder("unmask-peers")) {
      try {
        add(peers, () -> new TorchPeer(python, script, folder.path()));
        add(peers, OnnxPeer::new);
        if (peers.isEmpty()) {
          throw new InputException(
              "There is no other program to compare with; name a Python that has torch with"
                  + " --python, or build with mvn -Ppeers package.");
        }
        race(
            new Race(peers, rounds),
            new Works(new ModelFolders(Assets.models()), folder.path()),
            out);
      } finally {
        peers.forEach(Contender::close);
      }
    } catch (IOException e) {
      throw new InputException(
          "The works to compare by cannot be written (%s); make room for temporary files."
              .formatted(e.getMessage()),
          e);
    }
    return 0;
  }

  /** What is not there is told, and the others are compared. */
  private void add(List<Contender> peers, Supplier<Contender> peer) {
    try {
      peers.add(peer.get());
    } catch (InputException e) {
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
    }
  }

  private void race(Race race, Works made, PrintWriter out) {
    out.print(race.words());
    out.print(PeerComparison.header());
    out.flush();
    List<String> gains = new ArrayList<>();
    for (String name : works) {
      PeerWork work = made.named(name);
      List<PeerComparison> first = race.run(work, threads.getFirst());
      print(first, out);
      for (int count : threads.subList(1, threads.size())) {
        List<PeerComparison> next = race.run(work, count);
        print(next, out);
        for (int i = 0; i < next.size(); i++) {
          gains.add(next.get(i).gain(first.get(i)));
        }
      }
    }
    gains.forEach(out::print);
    out.flush();
  }

  private static void print(List<PeerComparison> lines, PrintWriter out) {
    lines.forEach(line -> out.print(line.line()));
    out.flush();
  }
}
