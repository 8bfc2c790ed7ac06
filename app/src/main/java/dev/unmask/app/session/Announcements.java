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
  private final Queue<String> sentences = new ConcurrentLinkedQueue<>();

  public void say(String sentence) {
    sentences.add(sentence);
  }

  /** The next one that was not told yet. */
  public Optional<String> next() {
    return Optional.ofNullable(sentences.poll());
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
                      say("Saved as " + target + ".");
                    },
                    this::say));
  }
}
