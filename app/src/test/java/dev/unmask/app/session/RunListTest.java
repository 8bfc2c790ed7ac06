package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.compare.CompareViewModel;
import dev.unmask.app.compare.RunPair;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.session.RunList.Row;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunListTest {
  @TempDir private Path folder;
  private final ScriptedRun run = new ScriptedRun();
  private final Session session = new Session(Starters.of(request -> run), Runnable::run);

  @Test
  void aRunIsListedWithItsWordsAndFiguresOnceItIsShown() {
    RunList runs = runs();
    end();
    runs.pulse();
    RunTree.Node node = nodes(runs).getFirst();
    assertThat(node.file()).isEqualTo(file());
    assertThat(runs.shown(node)).isTrue();
    assertThat(node.run().text()).startsWith("Once");
    assertThat(node.run().steps()).isEqualTo(HandMade.story().steps());
    assertThat(runs.rows().getFirst()).isEqualTo(new Row.Heading("This session"));
    assertThat(runs.line()).containsExactly(node);
  }

  @Test
  void whatWasRecordedEarlierStandsBelowTheRunsOfThisSession() {
    Path earlier = earlier("2020-01-01 000000 llada 1.trace.safetensors");
    RunList runs = runs();
    end();
    runs.pulse();
    assertThat(nodes(runs)).extracting(RunTree.Node::file).containsExactly(file(), earlier);
    assertThat(runs.rows()).contains(new Row.Heading("Before"));
  }

  @Test
  void aNameSurvivesARestartAndIsFound() {
    RunList runs = runs();
    end();
    runs.pulse();
    RunTree.Node node = nodes(runs).getFirst();
    runs.rename(node, " the good one ");
    assertThat(runs().name(node)).isEqualTo("the good one");
    runs.filterProperty().set("GOOD once");
    assertThat(nodes(runs)).containsExactly(node);
    runs.filterProperty().set("bad");
    assertThat(runs.rows()).isEmpty();
    runs.rename(node, "");
    assertThat(runs().name(node)).isEqualTo(node.run().title());
  }

  @Test
  void aRunThatIsTakenAwayIsKeptAsideWithItsBookmarksAndComesBack() throws IOException {
    Path earlier = earlier("2020-01-01 000000 llada 1.trace.safetensors");
    Path marks = Files.writeString(Path.of(earlier + ".bookmarks.json"), "[]");
    RunList runs = runs();
    runs.pulse();
    runs.remove(nodes(runs).getFirst());
    runs.pulse();
    runs.pulse();
    assertThat(runs.rows()).isEmpty();
    assertThat(earlier).doesNotExist();
    assertThat(folder.resolve("removed")).isDirectoryContaining("glob:**llada 1.trace.safetensors");
    assertThat(runs.removedProperty().get()).isTrue();
    runs.undoRemoval();
    runs.pulse();
    runs.pulse();
    assertThat(nodes(runs)).extracting(RunTree.Node::file).containsExactly(earlier);
    assertThat(marks).hasContent("[]");
    assertThat(runs.removedProperty().get()).isFalse();
  }

  @Test
  void aRunThatDidNotStartIsListedWithTheReason() {
    var asked = new RunRequest("model", "", 80, "llada", Map.of(), 6);
    RunList runs = runs();
    session.watch(run);
    run.fails(asked, Problem.of("Too long."));
    session.pulse(0);
    runs.pulse();
    assertThat(runs.rows())
        .contains(new Row.NotStarted(new Session.Refused(asked, Problem.of("Too long."))));
  }

  @Test
  void aRunIsComparedWithWhatIsChosenAndItsDivergenceIsReached() {
    var compared = new CompareViewModel(session, runs(), List.of(), Runnable::run);
    end();
    compared.pulse();
    assertThat(compared.noteProperty().get()).startsWith("Add a run");
    compared.add(folder.resolve("missing.trace.safetensors"));
    compared.pulse();
    compared.pulse();
    assertThat(compared.noteProperty().get()).contains("missing");
    Path other = folder.resolve("other.trace.safetensors");
    TraceFile.write(other, HandMade.story());
    compared.compare(List.of(file(), other));
    compared.pulse();
    compared.pulse();
    assertThat(compared.noteProperty().get()).isEmpty();
    assertThat(compared.pairProperty().get().flatMap(RunPair::first)).isEmpty();
    assertThat(compared.pairProperty().get()).isPresent();
    compared.score();
    assertThat(compared.boundWords(0)).contains("not bundled");
    assertThat(compared.scoring()).isFalse();
  }

  private RunList runs() {
    return new RunList(session, new RunFolder(folder, LocalDateTime::now), Runnable::run);
  }

  private static List<RunTree.Node> nodes(RunList runs) {
    return runs.rows().stream()
        .filter(Row.Recorded.class::isInstance)
        .map(row -> ((Row.Recorded) row).node())
        .toList();
  }

  private Path earlier(String name) {
    Path file = folder.resolve(name).toAbsolutePath();
    TraceFile.write(file, HandMade.story());
    return file;
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
