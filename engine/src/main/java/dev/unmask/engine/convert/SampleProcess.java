package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * LLaDA's <a
 * href="https://github.com/ML-GSAI/LLaDA/tree/main/visualization">sample_process.txt</a>: a line a
 * step, with the texts of the answer's tokens after it, each between * and &amp;. It tells no ids,
 * so texts are numbered as they appear; a token that holds &amp;* itself cannot be told from two.
 */
final class SampleProcess implements ForeignFormat {
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,9})\\s*,\\s*\\*(.*)&\\s*", Pattern.DOTALL);
  private static final String BETWEEN = Pattern.quote("&*");
  private static final String MASK = "<|mdm_mask|>";

  @Override
  public boolean recognises(List<Item> roots) {
    return roots.size() == 1
        && roots.getFirst() instanceof Item.Text(String text)
        && text.strip().lines().limit(1).anyMatch(line -> LINE.matcher(line).matches());
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    Map<String, Integer> numbers = new HashMap<>();
    List<int[]> states = new ArrayList<>();
    int last = -1;
    for (String line : ((Item.Text) roots.getFirst()).text().lines().toList()) {
      if (line.isBlank()) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw file.bad("line %d is no step".formatted(states.size() + 1));
      }
      int step = Integer.parseInt(parts.group(1));
      if (step <= last) {
        throw file.bad("step %d comes after step %d".formatted(step, last));
      }
      last = step;
      states.add(numbered(parts.group(2), numbers));
      if (states.getLast().length != states.getFirst().length) {
        throw file.bad(
            "step %d has %d tokens and the first %d"
                .formatted(step, states.getLast().length, states.getFirst().length));
      }
    }
    Map<Integer, String> texts = new HashMap<>();
    numbers.forEach((text, number) -> texts.put(number, text));
    return Draft.of("a sample_process.txt of LLaDA", states, choices)
        .masked(
            Optional.ofNullable(numbers.get(MASK)),
            "the answer alone, from after its first step on; ids are in the order of appearance")
        .named(texts, "");
  }

  private static int[] numbered(String tokens, Map<String, Integer> numbers) {
    return Stream.of(tokens.split(BETWEEN, -1))
        .mapToInt(text -> numbers.computeIfAbsent(text, _ -> numbers.size()))
        .toArray();
  }
}
