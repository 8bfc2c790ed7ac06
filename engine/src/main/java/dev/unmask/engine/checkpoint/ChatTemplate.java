package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.jinja.Template;
import dev.unmask.engine.checkpoint.jinja.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an instruct model wants what a person says to be written, as its tokenizer_config.json or its
 * chat_template.jinja says.
 */
public final class ChatTemplate {
  private static final List<String> SPECIAL = List.of("bos_token", "eos_token", "pad_token");

  private final Path folder;
  private final String text;
  private final JsonNode config;

  private ChatTemplate(Path folder, String text, JsonNode config) {
    this.folder = folder;
    this.text = text;
    this.config = config;
  }

  /**
   * Of a model folder.
   *
   * @throws InputException if it has none
   */
  public static ChatTemplate of(Path folder) {
    Path beside = folder.resolve("tokenizer_config.json");
    JsonNode config = Files.exists(beside) ? JsonFile.read(beside) : MissingNode.getInstance();
    Path file = folder.resolve("chat_template.jinja");
    try {
      String text =
          Files.exists(file) ? Files.readString(file) : config.path("chat_template").asText("");
      if (text.isEmpty()) {
        throw new InputException(
            folder + " has no chat template, so its model answers no questions; leave out --chat.");
      }
      return new ChatTemplate(folder, text, config);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The prompt of one message, up to where the answer begins.
   *
   * @throws InputException if the template has what this program does not know, or refuses
   */
  public String prompt(String message) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("messages", List.of(Map.of("role", "user", "content", message)));
    variables.put("add_generation_prompt", true);
    for (String name : SPECIAL) {
      JsonNode token = config.path(name);
      variables.put(name, token.path("content").asText(token.asText("")));
    }
    try {
      return new Template(text).print(variables);
    } catch (TemplateException e) {
      throw new InputException(
          "The chat template of %s %s, which this program cannot do; leave out --chat and write the prompt out."
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
