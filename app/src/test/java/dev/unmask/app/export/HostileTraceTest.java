package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.History;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Traces that a painter or a writer could stumble over, in formats that differ in how they paint.
 */
class HostileTraceTest {
  private static final Map<String, HandMade> TRACES =
      Map.of(
          "no tokens", new HandMade(0),
          "no tokens in a step", new HandMade(0).then(new String[0]),
          "no steps", new HandMade(1, "a", "_"),
          "one step", steps("a", "b"),
          "right to left", steps("שלום", "مرحبا", "a שלום b", "\u202Eabc\u202C"),
          "emoji", steps("😀", "👩‍👩‍👧‍👦", "🏳️‍🌈", "☂\uFE0F"),
          "combining", steps("e\u0301", "\u0301", "Z\u0351\u0352\u0353\u0354\u0355", "नि"),
          "controls", steps("\u0000", "\u0007\u001B[31m", "\t\r\n", "\u0085\u2028\uFFFF", "\uD800"),
          "long", steps("a".repeat(5000), " word".repeat(1000), "]]></script><!--", ""),
          "10,000 tokens", many(10_000));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no tokens",
        "no tokens in a step",
        "no steps",
        "one step",
        "right to left",
        "emoji",
        "combining",
        "controls",
        "long",
        "10,000 tokens"
      })
  void isExported(String name) {
    History history = History.of(TRACES.get(name));
    for (String format : List.of(".gif", ".svg", ".pdf")) {
      Path out = folder.resolve("a" + format);
      int frames =
          Sample.export(history, Sample.sized(Sample.SMALL), 2)
              .write(out, false, ExportProgress.NONE);
      assertThat(frames).as("%s as %s", name, format).isPositive();
      assertThat(out).as("%s as %s", name, format).exists();
    }
  }

  private static HandMade steps(String... tokens) {
    String[] masks = new String[tokens.length];
    Arrays.fill(masks, "_");
    return new HandMade(0, masks).then(tokens, tokens);
  }

  private static HandMade many(int count) {
    return steps(IntStream.range(0, count).mapToObj(p -> " w" + p % 50).toArray(String[]::new));
  }
}
