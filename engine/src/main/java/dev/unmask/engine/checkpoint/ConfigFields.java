package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The fields of a config.json, each checked when it is asked for. */
record ConfigFields(Path file, JsonNode root) {
  void require(String name, String only) {
    JsonNode value = root.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.asText().equals(only)) {
      throw wrong("its %s is %s and this program knows only %s".formatted(name, value, only));
    }
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  boolean flag(String name, boolean absent) {
    return root.path(name).asBoolean(absent);
  }

  int count(String name) {
    if (!has(name)) {
      throw wrong("it has no " + name);
    }
    return count(name, 0);
  }

  int count(String name, int absent) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isInt() || value.intValue() < 1) {
      throw wrong("its %s is %s and not a whole number from 1".formatted(name, value));
    }
    return value.intValue();
  }

  OptionalInt optionalCount(String name) {
    return has(name) ? OptionalInt.of(count(name, 0)) : OptionalInt.empty();
  }

  double number(String name, double absent) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isNumber() || !(value.doubleValue() > 0)) {
      throw wrong("its %s is %s and not a number above 0".formatted(name, value));
    }
    return value.doubleValue();
  }

  int token(String name, int vocabulary) {
    JsonNode value = root.path(name);
    if (!value.isInt() || value.intValue() < 0 || value.intValue() >= vocabulary) {
      throw wrong(
          "its %s is %s and not a token from 0 to %d".formatted(name, value, vocabulary - 1));
    }
    return value.intValue();
  }

  /** What a field within an object is, under its own name. */
  ConfigFields within(String name) {
    if (!root.path(name).isObject()) {
      throw wrong("it has no " + name);
    }
    return new ConfigFields(file, root.path(name));
  }

  InputException wrong(String what) {
    return new InputException(
        "%s does not describe a model that can be run: %s; use a model as it was published."
            .formatted(file, what));
  }
}
