package dev.unmask.app.session;

import dev.unmask.engine.InputException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Says what was thrown: a person's mistake as it is, a fault of the program also to the log. */
public final class Fault {
  private static final System.Logger LOG = System.getLogger(Fault.class.getName());
  private static final int LONGEST = 200;

  private Fault() {}

  /** A sentence for the user, whatever was thrown; faults of the program are written to the log. */
  public static String sentence(Throwable thrown) {
    return switch (thrown) {
      case InputException mistake -> mistake.getMessage();
      case CompletionException wrapped when wrapped.getCause() != null ->
          sentence(wrapped.getCause());
      case ExecutionException wrapped when wrapped.getCause() != null ->
          sentence(wrapped.getCause());
      case OutOfMemoryError full -> {
        LOG.log(System.Logger.Level.ERROR, "not enough memory", full);
        yield "There is not enough memory for this (%s); take a smaller length or model, or close other programs."
            .formatted(words(full));
      }
      default -> {
        LOG.log(System.Logger.Level.ERROR, "a fault of the program", thrown);
        yield "This was stopped by a fault in the program (%s); %s has the details."
            .formatted(words(thrown), Log.file().map(file -> "the log " + file).orElse("the log"));
      }
    };
  }

  /** Its kind, and the beginning of what it says, in one line. */
  private static String words(Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : thrown.getMessage();
    String line = message.lines().findFirst().orElse("");
    String kind = thrown.getClass().getSimpleName();
    String all = line.isEmpty() ? kind : kind + ": " + line;
    return all.length() > LONGEST ? all.substring(0, LONGEST) + " …" : all;
  }

  /**
   * What no code catches is told there from now on, on whichever thread it is thrown.
   *
   * @param tell is given a sentence, on the thread that it was thrown on
   */
  public static void tellUncaught(Consumer<String> tell) {
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> tell.accept(sentence(thrown)));
  }
}
