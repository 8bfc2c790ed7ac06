package dev.unmask.app.compare;

import static dev.unmask.app.picture.HandMade.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.RunFolder;
import dev.unmask.app.session.RunList;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceRecorder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareViewModelTest {
  @TempDir private Path folder;
  private Session session;
  private CompareViewModel compared;
  private List<Path> files;

  @BeforeEach
  void begin() {
    session = new Session(Starters.ofRecorded(), Runnable::run);
    var branches = new RunList(session, new RunFolder(folder, LocalDateTime::now), Runnable::run);
    compared = new CompareViewModel(session, branches, List.of(), Runnable::run);
    files = List.of(run("a"), run("b"), run("c"), run("d"), run("e"));
  }

  private Path run(String token) {
    Path file = folder.resolve(token + TraceFile.EXTENSION).toAbsolutePath();
    TraceFile.write(file, written(token));
    return file;
  }

  private static HandMade written(String token) {
    return new HandMade(1, "z", "_").then(row("-", token), "z", token);
  }

  @Test
  void theFirstIsShownAndTheOthersStandBesideIt() {
    compared.compare(files.subList(0, 3));
    pulse();
    assertThat(session.file()).contains(files.getFirst());
    assertThat(texts()).containsExactly("za", "zb", "zc");
    assertThat(compared.files()).isEqualTo(files.subList(0, 3));
  }

  @Test
  void runsAreAddedUpToFourAndTakenAway() {
    compared.add(files.get(0));
    pulse();
    files.forEach(compared::add);
    pulse();
    assertThat(texts()).containsExactly("za", "zb", "zc", "zd");
    assertThat(session.announcements().next().orElseThrow().sentence()).startsWith("Four runs");
    compared.remove(files.get(1));
    pulse();
    assertThat(texts()).containsExactly("za", "zc", "zd");
    compared.remove(files.get(0));
    pulse();
    assertThat(texts()).containsExactly("zc", "zd");
    assertThat(session.file()).contains(files.get(2));
  }

  @Test
  void aRunIsPutInAnothersPlace() {
    compared.compare(files.subList(0, 3));
    pulse();
    compared.replace(1, files.get(4));
    pulse();
    assertThat(texts()).containsExactly("za", "ze", "zc");
    compared.replace(0, files.get(2));
    pulse();
    assertThat(texts()).containsExactly("zc", "ze");
  }

  @Test
  void theOneBesideAChangesPlacesWithIt() {
    compared.compare(files.subList(0, 3));
    pulse();
    compared.besideProperty().set(2);
    assertThat(compared.pairProperty().get().orElseThrow().right())
        .isEqualTo(compared.comparedProperty().get().orElseThrow().runs().get(2));
    compared.swap();
    pulse();
    assertThat(texts()).containsExactly("zc", "zb", "za");
  }

  @Test
  void aRunThatGoesOnIsComparedAsFarAsItIsRecorded() {
    Path live = folder.resolve("live" + TraceFile.EXTENSION).toAbsolutePath();
    HandMade start = new HandMade(1, "z", "_");
    try (var recorder = TraceRecorder.create(live, start)) {
      compared.compare(List.of(files.get(0), live));
      pulse();
      assertThat(texts()).containsExactly("za", "z [MASK]");
      recorder.append(written("q").step(0));
      recorder.finish();
    }
    compared.compare(List.of(files.get(0), files.get(1)));
    pulse();
    compared.compare(List.of(files.get(0), live));
    pulse();
    assertThat(compared.comparedProperty().get().orElseThrow().runs().getLast().steps())
        .isEqualTo(1);
  }

  private void pulse() {
    for (int i = 0; i < 4; i++) {
      session.pulse(0);
      compared.pulse();
    }
  }

  private List<String> texts() {
    return compared.comparedProperty().get().orElseThrow().runs().stream()
        .map((History run) -> WordDiff.text(run, run.steps()))
        .toList();
  }
}
