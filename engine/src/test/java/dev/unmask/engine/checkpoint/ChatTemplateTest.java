package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.jinja.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  /** In the form of Llama 3, which LLaDA has. */
  private static final String HEADERS =
      "{% set all = messages %}{% for m in all %}{% set c = '<|start|>' + m['role'] + '<|end|>\\n\\n'"
          + " + m['content'] | trim + '<|eot|>' %}{% if loop.index0 == 0 %}{% set c = bos_token + c %}"
          + "{% endif %}{{ c }}{% endfor %}{% if add_generation_prompt %}"
          + "{{ '<|start|>assistant<|end|>\\n\\n' }}{% endif %}";

  /** In the form of ChatML, which Dream has. */
  private static final String CHATML =
      """
      {%- if tools %}
          {{- 'tools' }}
      {%- else %}
          {%- if messages[0]['role'] == 'system' %}
              {{- messages[0]['content'] }}
          {%- else %}
              {{- '<|im_start|>system\\nBe good.<|im_end|>\\n' }}
          {%- endif %}
      {%- endif %}
      {%- for message in messages %}
          {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
              {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
          {%- elif message.role == "tool" %}
              {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
                  {{- message.content | tojson }}
              {%- endif %}
          {%- endif %}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  @TempDir Path folder;

  @Test
  void aQuestionIsWrittenAsTheModelWantsIt() throws IOException {
    assertThat(prompt(HEADERS, " Why?\n"))
        .isEqualTo("<s><|start|>user<|end|>\n\nWhy?<|eot|><|start|>assistant<|end|>\n\n");
    assertThat(prompt(CHATML, "Why?"))
        .isEqualTo(
            "<|im_start|>system\nBe good.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n"
                + "<|im_start|>assistant\n");
  }

  @Test
  void aTemplateMayLieInAFileOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "[{{ messages[-1].content }}]");
    assertThat(prompt("unused", "Why?")).isEqualTo("[Why?]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{{ 1 + 2 - 1 }} ; 2",
        "{{ 'a' ~ 1 ~ none ~ true }} ; a1NoneTrue",
        "{{ 'x' if items else 'y' }}{{ 'x' if nobody else 'y' }} ; xy",
        "{{ 'b' in items }}{{ 'c' not in items }}{{ nobody is defined }} ; TrueTrueFalse",
        "{{ items is not none and items[0] is string }} ; True",
        "{{ items|length }}{{ items|first|upper }}{{ ' z '.strip() }} ; 2Az",
        "{{ '}}' }}{# {{ nothing }} #}{{ \"it's\" }} ; }}it's",
        "{% for i in items %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %} ; 1a,2b",
        "{% set x = 1 %}{% for i in items %}{% set x = 2 %}{% endfor %}{{ x }} ; 1",
        "{% if 1 > 2 %}a{% elif 2 <= 2 %}b{% else %}c{% endif %} ; b",
      })
  void expressionsMeanWhatTheyMeanInJinja(String template, String text) {
    assertThat(new Template(template).print(Map.of("items", List.of("a", "b")))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{{ '\\.\\d\\~' }} ; \\.\\d\\~",
        "{{ 'a\\\\b' }} ; a\\b",
        "{{ 'it\\'s' }} ; it's",
        "{{ '\\x41\\u00e9\\U0001F600\\101' }} ; Aé😀A",
        "{{ '\\N{LATIN SMALL LETTER E WITH ACUTE}' }} ; é",
      })
  void aBackslashMeansWhatItMeansInJinja(String template, String text) {
    assertThat(new Template(template).print(Map.of())).isEqualTo(text);
  }

  @Test
  void whiteSpaceAroundStatementsGoesAsInHuggingFacesPrograms() {
    assertThat(
            new Template("a\n  {% if true %}\n  b {{- 'c' -}}  d\n  {% endif %}\ne")
                .print(Map.of()))
        .isEqualTo("a\n  bcd\ne");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% macro m() %}{% endmacro %}",
        "{% if true %}",
        "{% endfor %}",
        "{{ 1 + }}",
        "{{ a b }}",
        "{{ 'a' | shout }}",
        "{{ messages is odd }}",
        "{{ nobody.name }}",
        "{% for x in 3 %}{% endfor %}",
        "{{ 'a' + 1 }}",
        "{{ $ }}",
        "{{ raise_exception('roles must alternate') }}"
      })
  void whatIsNotKnownIsOneSentence(String template) {
    assertThatThrownBy(() -> prompt(template, "Why?"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("leave out --chat")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  static Stream<String> tooMuch() {
    return Stream.of(
        "{{ " + "9".repeat(30) + " }}",
        "{{ 9223372036854775807 + 1 }}",
        "{{ 0 - 9223372036854775807 - 2 }}",
        "{{ '\\xZZ' }}",
        "{{ '\\ud800' }}",
        "{{ '\\N{NOBODY}' }}",
        "{{ 'a }}",
        "{{".repeat(100_000),
        "{{ " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + " }}",
        "{{ " + "not ".repeat(20_000) + "1 }}",
        "{{ " + "-".repeat(20_000) + "1 }}",
        "{{ 1" + " + 1".repeat(20_000) + " }}",
        "{{ messages" + "[0]".repeat(20_000) + " }}",
        "{% if true %}".repeat(20_000) + "{% endif %}".repeat(20_000),
        "{% if false %}" + "{% elif false %}".repeat(20_000) + "{% endif %}",
        "{% set a = 'aaaaaaaa' %}" + "{% set a = a ~ a %}".repeat(60),
        "{% set a = messages[0].content %}" + "{% set a = a + a %}{{ a }}".repeat(60),
        "{% set a = 'aaaaaaaa' %}"
            + "{% set a = a ~ a %}".repeat(17)
            + "{% set b = a in a %}{% set b = a|upper in a %}".repeat(1000));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void whatIsTooMuchIsOneSentenceInTime(String template) {
    assertTimeout(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> prompt(template, "Why?"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leave out --chat")
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000)));
  }

  @Test
  void aLongTemplateOfManyTagsIsReadInTime() {
    String template = ("  ".repeat(50) + "{% set x = 1 %}{{ x }}").repeat(4000);
    assertTimeout(Duration.ofSeconds(2), () -> new Template(template).print(Map.of()));
  }

  @Test
  void whatIsNoneIsInNothing() {
    assertThat(
            new Template("{{ none in items }}{{ none in fields }}{{ fields[none] }}")
                .print(Map.of("items", List.of("a"), "fields", Map.of("a", "b"))))
        .isEqualTo("FalseFalse");
  }

  @Test
  void aModelWithoutATemplateSaysSo() {
    assertThatThrownBy(() -> prompt("", "Why?"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no chat template");
  }

  private String prompt(String template, String message) throws IOException {
    ObjectNode config = new JsonMapper().createObjectNode().put("chat_template", template);
    config.putObject("bos_token").put("content", "<s>");
    Files.writeString(folder.resolve("tokenizer_config.json"), config.toString());
    return ChatTemplate.of(folder).prompt(message);
  }
}
