package dev.unmask.app.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.session.RunRequest;
import dev.unmask.app.tokens.timeline.TimelineLayout;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program's run has nothing that it does not tell itself. */
class ForeignTraceTest {
  private static final String HISTORY =
      """
      {"step": 0, "ids": [5, 5, 5, 5]}
      {"step": 1, "ids": [1, 5, 5, 2]}
      {"step": 2, "ids": [1, 3, 4, 2]}
      """;

  @TempDir private Path folder;
  private Frame frame;

  @BeforeEach
  void open() throws IOException {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, HISTORY);
    frame = Frame.of(History.of(Conversion.open(file)), 1);
  }

  @Test
  void itHasNoTimeAndNoSeedThatItDoesNotTell() {
    assertThat(Status.of(frame).figures())
        .filteredOn(figure -> figure.name().equals("t") || figure.name().equals("seed"))
        .extracting(Status.Figure::value)
        .containsOnly("–");
    assertThat(frame.time()).isEmpty();
  }

  @Test
  void nothingIsSaidToHaveMadeItThatItDoesNotTell() {
    Trace<TokenState, TokenRecord> trace = frame.trace();
    assertThat(trace.header().foreign()).isTrue();
    assertThat(RunRequest.of(trace)).isEmpty();
  }

  @Test
  void itsRulesAreSaidNotToBeChecked() {
    assertThat(frame.history().plan().unchecked()).contains("The trace names no sampler.");
    Frame known = Frame.of(HandMade.history(), 1);
    assertThat(known.history().plan().unchecked()).isEmpty();
    assertThat(TimelineLayout.of(frame).laneTop())
        .isGreaterThan(TimelineLayout.of(known).laneTop());
  }

  @Test
  void aTraceOfASamplerThatIsNotKnownSaysWhichItIs() {
    Trace<TokenState, TokenRecord> story = HandMade.story();
    assertThat(Plan.of(story).unchecked().orElseThrow()).contains("There is no sampler 'none'");
  }
}
