package dev.unmask.app.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/** Settings as JSON, with the names of the command line's options. */
final class SettingsJson {
  private final Path file;
  private final JsonNode node;

  private SettingsJson(Path file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  static ObjectNode write(ExportSettings settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("view", word(settings.view()));
    node.put("map", word(settings.map()));
    node.put("theme", word(settings.theme()));
    node.put("size", settings.size().toString());
    node.put("from", settings.from());
    settings.to().ifPresent(to -> node.put("to", to));
    node.put("pace", settings.pace());
    node.put("fps", settings.fps());
    node.put("hold", settings.hold());
    node.put("easing", word(settings.easing()));
    node.put("title", settings.title());
    node.put("caption", settings.caption());
    node.put("legend", settings.legend());
    return node;
  }

  /**
   * Reads what a manifest holds; what is missing there is as it is by default.
   *
   * @throws InputException if it cannot be believed
   */
  static ExportSettings read(Path file) {
    try {
      JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(file));
      JsonNode settings = root.path("settings");
      if (!settings.isObject()) {
        throw new InputException(
            "%s holds no settings; give a file that stands next to an export.".formatted(file));
      }
      return new SettingsJson(file, settings).read();
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s is no JSON (%s); give a file that stands next to an export."
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check that it is a file.".formatted(file, e.getMessage()), e);
    }
  }

  private ExportSettings read() {
    ExportSettings standard = ExportSettings.DEFAULT;
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!write(standard).has(name) && !name.equals("to")) {
                throw bad(name, "is no setting");
              }
            });
    return new ExportSettings(
        word("view", standard.view()),
        word("map", standard.map()),
        word("theme", standard.theme()),
        PictureSize.parse(text("size", standard.size().toString())),
        (int) number("from", standard.from()),
        node.has("to") ? OptionalInt.of((int) number("to", 0)) : OptionalInt.empty(),
        number("pace", standard.pace()),
        number("fps", standard.fps()),
        number("hold", standard.hold()),
        word("easing", standard.easing()),
        text("title", standard.title()),
        text("caption", standard.caption()),
        node.path("legend").asBoolean(standard.legend()));
  }

  private double number(String name, double missing) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isNumber()) {
      throw bad(name, "is no number");
    }
    return value.asDouble(missing);
  }

  private String text(String name, String missing) {
    JsonNode value = node.path(name);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw bad(name, "is no text");
    }
    return value.asText(missing);
  }

  private <E extends Enum<E>> E word(String name, E missing) {
    String text = text(name, missing.name());
    for (E value : missing.getDeclaringClass().getEnumConstants()) {
      if (word(value).equals(text) || value.name().equals(text)) {
        return value;
      }
    }
    throw bad(name, "is '" + text + "', which there is not");
  }

  private InputException bad(String name, String wrong) {
    return new InputException(
        "In %s, '%s' %s; repair it, or leave it away.".formatted(file, name, wrong));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
