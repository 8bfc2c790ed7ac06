package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookmarksTest {
  // Held, because the log manager forgets loggers that nobody holds.
  private static final Logger LOG = Logger.getLogger(Bookmarks.class.getName());

  @TempDir private Path folder;
  private final Bookmarks bookmarks = new Bookmarks();

  @Test
  void areKeptBesideTheirTrace() {
    bookmarks.belongTo(folder.resolve("story"));
    bookmarks.put(9, "it goes wrong here");
    bookmarks.toggle(4);
    var again = new Bookmarks();
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
  void aDamagedFileHoldsNone() throws IOException {
    LOG.setLevel(Level.OFF);
    Files.writeString(folder.resolve("story" + Bookmarks.EXTENSION), "{");
    bookmarks.belongTo(folder.resolve("story"));
    assertThat(bookmarks.marks()).isEmpty();
  }
}
