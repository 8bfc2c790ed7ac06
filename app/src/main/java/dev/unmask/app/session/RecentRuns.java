package dev.unmask.app.session;

import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The traces that were opened last, and the runs that were recorded last. */
public final class RecentRuns {
  private static final int MOST = 12;

  private final RunFolder runs;
  private final List<Path> opened;

  /**
   * With what was opened before.
   *
   * @param opened the latest first
   */
  public RecentRuns(RunFolder runs, List<Path> opened) {
    this.runs = runs;
    this.opened = new ArrayList<>(opened);
  }

  /** Whatever a session comes to show is added, so nothing that cannot be read is. */
  public void follow(Session session) {
    session.shownFileProperty().subscribe(file -> file.ifPresent(this::add));
  }

  /** A trace was opened. */
  public void add(Path file) {
    Path place = file.toAbsolutePath();
    if (!place.startsWith(runs.folder().toAbsolutePath())) {
      opened.remove(place);
      opened.addFirst(place);
    }
  }

  /** Those that are still there: what was opened, then what was recorded. */
  public List<Path> files() {
    return Stream.concat(opened().stream(), runs.latest(MOST).stream())
        .filter(Files::isRegularFile)
        .distinct()
        .limit(MOST)
        .toList();
  }

  /** What was opened from elsewhere, the latest first. */
  public List<Path> opened() {
    return opened.stream().limit(MOST / 2).toList();
  }

  /** A trace's name for people. */
  public static String name(Path file) {
    return file.getFileName().toString().replace(TraceFile.EXTENSION, "");
  }
}
