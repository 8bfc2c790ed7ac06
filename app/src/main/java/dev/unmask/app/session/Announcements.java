package dev.unmask.app.session;

import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was done on the side, to be told when it is done; any thread may say something. */
public final class Announcements {
  private final Queue<Announcement> said = new ConcurrentLinkedQueue<>();

  /**
   * One of them.
   *
   * @param file that was written, to be shown where it lies; empty where it is of none
   */
  public record Announcement(String sentence, Optional<Path> file) {}

  public void say(String sentence) {
    said.add(new Announcement(sentence, Optional.empty()));
  }

  /** Says something of a file, or a folder, that was written. */
  public void say(String sentence, Path file) {
    said.add(new Announcement(sentence, Optional.of(file)));
  }

  /** The next one that was not told yet. */
  public Optional<Announcement> next() {
    return Optional.ofNullable(said.poll());
  }

  /** Writes a trace, away from the thread that asks, and says how that went. */
  public void save(Trace<TokenState, TokenRecord> trace, Path target) {
    Thread.ofPlatform()
        .name("saving")
        .start(
            () ->
                Work.attempt(
                    () -> {
                      TraceFile.write(target, trace);
                      say("Saved as " + target + ".", target);
                    },
                    this::say));
  }
}
