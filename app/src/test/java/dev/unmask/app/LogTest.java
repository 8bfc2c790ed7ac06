package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.Fault;
import dev.unmask.app.session.Log;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private static final Logger ALL = Logger.getLogger("");
  private static final Logger FAULTS = Logger.getLogger(Fault.class.getName());

  private final Handler[] before = ALL.getHandlers();
  private final Thread.UncaughtExceptionHandler uncaught =
      Thread.getDefaultUncaughtExceptionHandler();

  @TempDir private Path home;

  @BeforeEach
  void keepALog() {
    // Other tests silence it, or all of the program, and may have run before in the same JVM.
    FAULTS.setLevel(Level.ALL);
    Log.keepIn(() -> home.resolve("log"));
  }

  @AfterEach
  void asItWas() {
    Stream.of(ALL.getHandlers()).forEach(ALL::removeHandler);
    Stream.of(before).forEach(ALL::addHandler);
    Thread.setDefaultUncaughtExceptionHandler(uncaught);
  }

  private Path file() {
    return home.resolve("log/unmask.log");
  }

  @Test
  void aFaultIsOneSentenceAndTheLogHasItsStackTrace() throws IOException {
    String sentence = Fault.sentence(new IllegalStateException("broken\nin two"));
    assertThat(sentence)
        .isEqualTo(
            "This was stopped by a fault in the program (IllegalStateException: broken); the log "
                + file()
                + " has the details.");
    assertThat(Files.readString(file()))
        .contains("SEVERE", "IllegalStateException: broken", "in two", "at dev.unmask.app.LogTest");
  }

  @Test
  void aMistakeIsItsOwnSentenceAndNothingIsWritten() {
    var mistake = new InputException("The length is 0; give at least 1.");
    assertThat(Fault.sentence(mistake)).isEqualTo("The length is 0; give at least 1.");
    assertThat(Fault.sentence(new CompletionException(mistake)))
        .isEqualTo("The length is 0; give at least 1.");
    assertThat(home.resolve("log")).doesNotExist();
  }

  @Test
  void whatNoCodeCatchesIsToldAndWrittenOnWhicheverThread() throws Exception {
    List<String> told = new ArrayList<>();
    Fault.tellUncaught(told::add);
    Thread thread =
        Thread.ofPlatform()
            .name("somewhere")
            .start(
                () -> {
                  throw new IllegalStateException("lost");
                });
    thread.join();
    assertThat(told).singleElement().asString().contains("lost", "the log");
    assertThat(Files.readString(file())).contains("[somewhere]", "lost");
  }

  @Test
  void whatIsThrownAtEveryPulseIsWrittenOnce() throws IOException {
    for (int pulse = 0; pulse < 100; pulse++) {
      Fault.sentence(new IllegalStateException("again"));
    }
    assertThat(Files.readString(file())).containsOnlyOnce("IllegalStateException");
  }

  @Test
  void aFullLogBeginsAnewAndTheOneBeforeItStays() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "x".repeat((int) Log.FULL + 1));
    Fault.sentence(new IllegalStateException("the last straw"));
    assertThat(Files.size(file())).isLessThan(Log.FULL);
    assertThat(Files.size(home.resolve("log/unmask.1.log"))).isGreaterThan(Log.FULL);
  }
}
