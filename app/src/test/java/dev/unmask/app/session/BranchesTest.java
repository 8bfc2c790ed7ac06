package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.HandMade;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchesTest {
  @TempDir private Path folder;
  private final ScriptedRun run = new ScriptedRun();
  private final Session session = new Session(Starters.of(request -> run), Runnable::run);

  @Test
  void aRunIsListedOnceItHasEnded() {
    Branches branches = branches();
    end();
    branches.pulse();
    assertThat(branches.nodes()).extracting(BranchTree.Node::file).containsExactly(file());
    assertThat(branches.shown(branches.nodes().getFirst())).isTrue();
  }

  @Test
  void aNameSurvivesARestart() {
    Branches branches = branches();
    end();
    branches.pulse();
    BranchTree.Node node = branches.nodes().getFirst();
    branches.rename(node, " the good one ");
    assertThat(branches().name(node)).isEqualTo("the good one");
    branches.rename(node, "");
    assertThat(branches().name(node)).isEqualTo(node.words());
  }

  @Test
  void aRunIsComparedWithWhatIsChosenAndItsDivergenceIsReached() {
    Branches branches = branches();
    var compared = new CompareViewModel(session, branches, List.of(), Runnable::run);
    end();
    compared.pulse();
    assertThat(compared.noteProperty().get()).startsWith("Choose a run");
    Path other = folder.resolve("other.trace.safetensors");
    TraceFile.write(other, new HandMade(1, "Once", "_").then(HandMade.row("-", "a"), "Once", "a"));
    compared.chosenProperty().set(Optional.of(other));
    compared.pulse();
    compared.pulse();
    assertThat(compared.noteProperty().get()).contains("cannot be compared");
    compared.chosenProperty().set(Optional.of(file()));
    compared.pulse();
    compared.pulse();
    assertThat(compared.pairProperty().get().flatMap(RunPair::first)).isEmpty();
    assertThat(compared.pairProperty().get()).isPresent();
    compared.score();
    assertThat(compared.bounds().left()).contains("not bundled");
    assertThat(compared.scoring()).isFalse();
  }

  private Branches branches() {
    return new Branches(session, new RunFolder(folder, LocalDateTime::now), Runnable::run);
  }

  private Path file() {
    return folder.resolve("run.trace.safetensors").toAbsolutePath();
  }

  private void end() {
    session.watch(run);
    session.pulse(0);
    TraceFile.write(file(), HandMade.story());
    run.isIn(file());
    run.shows(Run.Phase.FINISHED, HandMade.story());
    session.pulse(0);
  }
}
