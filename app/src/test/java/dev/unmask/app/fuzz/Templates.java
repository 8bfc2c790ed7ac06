package dev.unmask.app.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damage to templates that puts in what templates are made of, once or many times. */
final class Templates {
  private static final List<String> WORDS =
      List.of(
          "{{ ",
          " }}",
          "{{-",
          "-}}",
          "{% if ",
          "{% elif ",
          "{% else %}",
          "{% endif %}",
          "{% for x in messages %}",
          "{% endfor %}",
          "{% set a = ",
          " %}",
          "{#",
          "#}",
          "a ~ a",
          "a + a",
          "a in a",
          "(",
          ")",
          "[",
          "]",
          "[0]",
          ".content",
          "not ",
          "-",
          " or ",
          " and ",
          " if ",
          " else ",
          " is ",
          "defined",
          "|trim",
          "|upper",
          "|tojson",
          "'",
          "\"",
          "\\",
          "'\\x41'",
          "none",
          "true",
          "loop.index",
          "messages",
          "9",
          "raise_exception('x')",
          "\n",
          "{% set a = a ~ a %}");

  private Templates() {}

  static byte[] damage(byte[] input, RandomGenerator random) {
    StringBuilder text = new StringBuilder(new String(input, StandardCharsets.UTF_8));
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(text.length() + 1);
      String word = Mutator.any(WORDS, random);
      int often = random.nextInt(20) == 0 ? 1 << random.nextInt(15) : 1;
      if (random.nextInt(3) == 0) {
        text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
      } else {
        text.insert(at, word.repeat(often));
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
