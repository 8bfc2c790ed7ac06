package dev.unmask.app.session;

import dev.unmask.app.window.WindowState;
import dev.unmask.engine.sampler.own.OwnSampler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the window keeps in files, read as it does, and said in words. */
public final class KeptFiles {
  private KeptFiles() {}

  /** The names of runs. */
  public static String readNames(Path file, Path... runs) {
    List<String> told = new ArrayList<>();
    RunNames names = new RunNames(file, told::add);
    return Stream.concat(
            Stream.of(runs).map(run -> names.of(run).orElse("without a name")), told.stream())
        .collect(Collectors.joining("\n"));
  }

  /** The bookmarks beside a trace, which is told by their file's name. */
  public static String readBookmarks(Path file) {
    List<String> told = new ArrayList<>();
    String name = file.getFileName().toString();
    String trace = name.substring(0, name.length() - Bookmarks.EXTENSION.length());
    Bookmarks bookmarks = new Bookmarks(told::add);
    bookmarks.belongTo(file.resolveSibling(trace));
    bookmarks.after(0);
    return Stream.concat(bookmarks.marks().stream().map(mark -> mark.words()), told.stream())
        .collect(Collectors.joining("\n"));
  }

  /** The state of the window, and what it opens. */
  public static String readWindow(Path file) {
    List<String> told = new ArrayList<>();
    WindowState state = WindowState.read(file, told::add);
    state.opened().forEach(Path::of);
    return "%s × %s, maximized %s, dark %s, text %s, reduced motion %s, canvas %s, toured %s%n%s%n%s%n%s"
        .formatted(
            state.width(),
            state.height(),
            state.maximized(),
            state.dark(),
            state.textSize(),
            state.reducedMotion(),
            state.canvasShare(),
            state.toured(),
            String.join(", ", state.opened()),
            state.breakpoints().stream()
                .map(kept -> (kept.enabled() ? "on: " : "off: ") + kept.text())
                .collect(Collectors.joining(", ")),
            told);
  }

  /** Whether a sampler of somebody's own is among the allowed ones. */
  public static boolean allows(Path file, String sampler) {
    var samplers = new AllowedSamplers(file, problem -> {});
    return samplers.allows(OwnSampler.of(sampler).orElseThrow());
  }
}
