package dev.unmask.engine;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is whole or absent: it is written beside its place, {@code NAME.writing}, and then
 * renamed. Who is going to write claims the place, so that no two runs, of one program or of two,
 * write a file at once; the claim is a lock on {@code NAME.lock}, which ends with the program,
 * however that ends.
 */
public final class AtomicFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AtomicFile.class.getName());
  private static final int BUFFER = 1 << 16;

  /**
   * What this program has claimed. The lock alone would not do: to close any channel of a file lets
   * go of all the locks that a process has on it.
   */
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path place;
  private final Path claimed;
  private final Path lockFile;
  private final FileChannel lock;
  private boolean closed;

  private AtomicFile(Path place, Path claimed, Path lockFile, FileChannel lock) {
    this.place = place;
    this.claimed = claimed;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, from the beginning. */
    void write(OutputStream out) throws IOException;
  }

  /** Has a file written at a place, as another program may do. */
  @FunctionalInterface
  public interface Maker {
    /** Writes all of it. */
    void make(Path beside) throws IOException;
  }

  /** Writes what a file is to hold to its channel. */
  @FunctionalInterface
  public interface Filler {
    /** Writes all of it, from the beginning. */
    void fill(FileChannel channel) throws IOException;
  }

  /**
   * Sees to it that a file can be written, before what it is to hold is made.
   *
   * @throws InputException as {@link #claim}
   */
  public static void check(Path place) {
    claim(place).close();
  }

  /**
   * Claims a place until it is closed.
   *
   * @throws InputException if no file can be written there, or somebody else is about to
   */
  public static AtomicFile claim(Path place) {
    if (Files.isDirectory(place)) {
      throw new InputException(
          "%s cannot be written, since it is a folder; give the name of a file.".formatted(place));
    }
    if (Files.exists(place) && !Files.isRegularFile(place)) {
      throw new InputException(
          "%s cannot be written, since it is a device or a pipe; give the name of a file."
              .formatted(place));
    }
    try {
      Path folder = place.toAbsolutePath().getParent();
      if (!Files.isDirectory(folder)) {
        throw new NoSuchFileException(place.toString());
      }
      Path claimed = folder.toRealPath().resolve(place.getFileName());
      if (!CLAIMED.add(claimed)) {
        throw taken(place);
      }
      try {
        Path lockFile = beside(place, ".lock");
        return new AtomicFile(place, claimed, lockFile, lock(place, lockFile));
      } catch (IOException | RuntimeException e) {
        CLAIMED.remove(claimed);
        throw e;
      }
    } catch (IOException e) {
      throw cannotWrite(place, e);
    }
  }

  private static FileChannel lock(Path place, Path lockFile) throws IOException {
    while (true) {
      try {
        Files.createFile(lockFile);
      } catch (FileAlreadyExistsException _) {
        // Somebody holds it, or was killed while doing so: the lock tells.
      }
      Optional<Object> seen = key(lockFile);
      FileChannel channel;
      try {
        channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException _) {
        continue;
      }
      if (!locked(channel)) {
        channel.close();
        throw taken(place);
      }
      // Who held it may have taken the file away since it was seen; then this lock is of no file.
      if (seen.isPresent() && seen.equals(key(lockFile))) {
        return channel;
      }
      channel.close();
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "nothing can be locked here, so it is not", e);
      return true;
    }
  }

  /** What tells a file from another that has its name later; empty if there is none. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(Objects.requireNonNullElse(attributes.fileKey(), file));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static Path beside(Path place, String extension) {
    return place.resolveSibling(place.getFileName() + extension);
  }

  /**
   * Writes a whole file.
   *
   * @throws InputException if it cannot be written; then what was there before stays
   */
  public static void write(Path place, Content content) {
    try (AtomicFile file = claim(place)) {
      file.write(content);
    }
  }

  /**
   * Puts a whole file in the place, which stays claimed.
   *
   * @throws InputException if it cannot be written; then what was there before stays
   */
  public void write(Content content) {
    fill(
        channel -> {
          var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
          content.write(out);
          out.flush();
        });
  }

  /**
   * Puts a whole file in the place, which stays claimed.
   *
   * @throws InputException if it cannot be written; then what was there before stays
   */
  public void fill(Filler filler) {
    make(
        beside -> {
          try (FileChannel channel =
              FileChannel.open(
                  beside,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS)) {
            filler.fill(channel);
            channel.force(true);
          }
        });
  }

  /**
   * Puts a file that is written by its name in the place, which stays claimed.
   *
   * @throws InputException if it cannot be written; then what was there before stays
   */
  public void make(Maker maker) {
    Path beside = beside(place, ".writing");
    try {
      maker.make(beside);
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(beside, e);
      throw cannotWrite(place, e);
    } catch (RuntimeException e) {
      discard(beside, e);
      throw e;
    }
  }

  private static void discard(Path beside, Exception failure) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Where it is written. */
  public Path place() {
    return place;
  }

  /** Gives the place up. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    // The file goes first: a lock on one that is gone is worth nothing to others, and they see it.
    try (lock) {
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      throw cannotWrite(lockFile, e);
    } finally {
      CLAIMED.remove(claimed);
    }
  }

  private static InputException taken(Path place) {
    return new InputException(
        "%s is being written by another run or program; wait for its end, or choose another name."
            .formatted(place));
  }

  /**
   * Says why a file cannot be written, and what to do; that it was given up is nobody's mistake.
   */
  public static RuntimeException cannotWrite(Path path, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new CancellationException("The writing of %s was interrupted.".formatted(path));
    }
    String why =
        switch (e) {
          case NoSuchFileException _ -> "its folder is not there; make it, or choose another place";
          case AccessDeniedException _ -> "that is not allowed; choose a place of your own";
          default -> e.getMessage() + "; make room there, or choose another place";
        };
    return new InputException("%s cannot be written: %s.".formatted(path, why), e);
  }
}
