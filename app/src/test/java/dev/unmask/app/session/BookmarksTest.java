package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarksTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(SettingsFile.class.getName());

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private final Bookmarks bookmarks = new Bookmarks(told::add);

  @Test
  void areKeptBesideTheirTrace() {
    bookmarks.belongTo(folder.resolve("story"));
    bookmarks.put(9, "it goes wrong here");
    bookmarks.toggle(4);
    var again = new Bookmarks(told::add);
    again.belongTo(folder.resolve("story"));
    assertThat(again.marks()).extracting(Bookmarks.Bookmark::step).containsExactly(4, 9);
    assertThat(again.at(9).orElseThrow().words()).isEqualTo("Step 9: it goes wrong here");
  }

  @Test
  void areFoundFromAnyStep() {
    bookmarks.toggle(3);
    bookmarks.toggle(7);
    assertThat(bookmarks.after(3)).hasValue(7);
    assertThat(bookmarks.before(7)).hasValue(3);
    assertThat(bookmarks.after(7)).isEmpty();
    bookmarks.toggle(7);
    assertThat(bookmarks.after(3)).isEmpty();
  }

  @Test
  void oneWithoutANoteHasAnEmptyOne() throws IOException {
    Files.writeString(beside(), "[{\"step\":3},{\"step\":1,\"note\":\"\"}]");
    bookmarks.belongTo(folder.resolve("story"));
    assertThat(bookmarks.marks()).extracting(b -> b.words()).containsExactly("Step 1", "Step 3");
    assertThat(told).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "null", "[{\"step\":2147483647,\"note\":\"hm\"},null]", "[{\"step\":-1}]"})
  void aFileThatMakesNoSenseHoldsNoneAndIsPutAside(String bad) throws IOException {
    LOG.setLevel(Level.OFF);
    Files.writeString(beside(), bad);
    bookmarks.belongTo(folder.resolve("story"));
    assertThat(bookmarks.marks()).isEmpty();
    bookmarks.toggle(2);
    assertThat(folder.resolve("story.bookmarks.json.bad")).hasContent(bad);
    assertThat(told).hasSize(1).first().asString().contains("story.bookmarks.json.bad");
  }

  @Test
  void thoseThatAreThereStayWhereNothingCanBeWritten() throws IOException {
    LOG.setLevel(Level.OFF);
    bookmarks.belongTo(folder.resolve("story"));
    bookmarks.put(9, "it goes wrong here");
    Files.createDirectories(folder.resolve("story.bookmarks.json.writing/x"));
    bookmarks.toggle(4);
    var again = new Bookmarks(told::add);
    again.belongTo(folder.resolve("story"));
    assertThat(again.marks()).extracting(Bookmarks.Bookmark::step).containsExactly(9);
    assertThat(told).hasSize(1).first().asString().contains("cannot be written");
  }

  private Path beside() {
    return folder.resolve("story" + Bookmarks.EXTENSION);
  }
}
