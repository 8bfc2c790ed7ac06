package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.trace.TraceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The recorded runs of a folder; each is read once. One thread reads. */
public final class RunShelf {
  private static final System.Logger LOG = System.getLogger(RunShelf.class.getName());

  private final Map<Path, BranchTree.Recorded> read = new LinkedHashMap<>();

  /** The runs of these files, as far as they can be read. */
  public List<BranchTree.Recorded> of(List<Path> files) {
    List<BranchTree.Recorded> found = new ArrayList<>();
    for (Path file : files) {
      try {
        found.add(read.computeIfAbsent(file, RunShelf::open));
      } catch (InputException e) {
        LOG.log(System.Logger.Level.DEBUG, "no run of a tree: " + file, e);
      }
    }
    return found;
  }

  private static BranchTree.Recorded open(Path file) {
    try (var trace = TraceKind.TOKENS.open(file)) {
      return new BranchTree.Recorded(file, new Hash(file), trace.header());
    }
  }

  /** A file's SHA-256, which takes long for a large one and is asked for only by its branches. */
  private static final class Hash implements Supplier<String> {
    private final Path file;
    private String known;

    Hash(Path file) {
      this.file = file;
    }

    @Override
    public String get() {
      if (known == null) {
        known = read();
      }
      return known;
    }

    /** Of a file that is gone by now, nothing has started. */
    private String read() {
      try {
        return Sha256.of(file);
      } catch (InputException e) {
        LOG.log(System.Logger.Level.DEBUG, "no parent in a tree: " + file, e);
        return "";
      }
    }
  }
}
