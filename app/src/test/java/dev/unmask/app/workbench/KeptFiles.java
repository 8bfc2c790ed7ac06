package dev.unmask.app.workbench;

import java.nio.file.Path;

/** What the window keeps in files, read as it does. */
public final class KeptFiles {
  private KeptFiles() {}

  /** The names of runs. */
  public static void readNames(Path file) {
    new Names(file, _ -> {}).of(Path.of("a")).ifPresent(String::length);
  }

  /** The bookmarks beside a trace, which is told by their file's name. */
  public static void readBookmarks(Path file) {
    String name = file.getFileName().toString();
    String trace = name.substring(0, name.length() - Bookmarks.EXTENSION.length());
    Bookmarks bookmarks = new Bookmarks(_ -> {});
    bookmarks.belongTo(file.resolveSibling(trace));
    bookmarks.marks().forEach(mark -> mark.words().length());
    bookmarks.after(0);
  }

  /** The state of the window, and what it opens. */
  public static void readWindow(Path file) {
    WindowState state = WindowState.read(file, _ -> {});
    state.opened().forEach(Path::of);
    state.breakpoints().forEach(kept -> kept.toString().length());
  }
}
