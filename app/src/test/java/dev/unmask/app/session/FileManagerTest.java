package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileManagerTest {
  @TempDir private Path folder;

  @Test
  void aFileIsSelectedWhereTheSystemCanDoThat() {
    Path file = folder.resolve("a.gif").toAbsolutePath();
    assertThat(FileManager.at(file, "Windows 11").command())
        .containsExactly("explorer.exe", "/select," + file);
    assertThat(FileManager.at(file, "Mac OS X").command())
        .containsExactly("open", "-R", file.toString());
  }

  @Test
  void elsewhereItsFolderIsShownAndAFolderItself() {
    String place = folder.toAbsolutePath().toString();
    assertThat(FileManager.at(folder.resolve("a.gif"), "Linux").command())
        .containsExactly("xdg-open", place);
    assertThat(FileManager.at(folder, "Linux").command()).containsExactly("xdg-open", place);
  }
}
