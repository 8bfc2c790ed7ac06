package dev.unmask.engine.remote;

import dev.unmask.engine.InputException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model is served: {@code http://HOST:PORT/NAME}, and behind a ? what its server does not
 * tell.
 *
 * @param text as it was given
 * @param server without the model
 * @param model its name there
 * @param options by name
 */
public record RemoteAddress(String text, URI server, String model, Map<String, String> options) {
  static final String TIMEOUT = "timeout";
  static final String TOP_K = "top_k";
  static final String MASK = "mask_id";
  static final String ENDS = "end_ids";
  static final String CONTEXT = "context_length";
  static final String SIZE = "vocabulary_size";
  static final String ROWS = "row_meaning";
  static final String BLOCK = "block_size";

  private static final List<String> OPTIONS =
      List.of(TIMEOUT, TOP_K, MASK, ENDS, CONTEXT, SIZE, ROWS, BLOCK);
  private static final Pattern FORM =
      Pattern.compile(
          "(https?://[A-Za-z0-9.\\-_\\[\\]:]+(?:/[A-Za-z0-9._\\-]+)*?)"
              + "(?:/v2/models)?/([A-Za-z0-9._\\-]+)/?(?:\\?([^#?]*))?");

  /** Whether a model's name is meant as an address. */
  public static boolean is(String model) {
    return model.startsWith("http://") || model.startsWith("https://");
  }

  /**
   * Reads one.
   *
   * @throws InputException if it is none
   */
  public static RemoteAddress of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new InputException(
          "'%s' is no address of a served model; write it as http://HOST:PORT/NAME."
              .formatted(text));
    }
    try {
      return new RemoteAddress(
          text, URI.create(parts.group(1)), parts.group(2), options(parts.group(3)));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "'%s' is no address (%s); write it as http://HOST:PORT/NAME."
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = option.indexOf('=');
      String name = option.substring(0, Math.max(equals, 0));
      if (!OPTIONS.contains(name)) {
        throw new InputException(
            "'%s' is no option of a served model; there are %s, each written as NAME=VALUE."
                .formatted(option, String.join(", ", OPTIONS)));
      }
      options.put(name, option.substring(equals + 1));
    }
    return Map.copyOf(options);
  }

  /** A number among the options. */
  int number(String name, int least, int otherwise) {
    String value = options.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
      throw new InputException(
          "The %s of %s is '%s'; give a number of at least %d."
              .formatted(name, text, value, least));
    }
    return Integer.parseInt(value);
  }

  /** Something that the server serves. */
  URI resolve(String path) {
    return URI.create(server + path);
  }

  /** Something that belongs to the model. */
  URI ofModel(String path) {
    return resolve("/v2/models/" + model + path);
  }

  InputException bad(String clause, String remedy) {
    return new InputException("The model at %s %s; %s.".formatted(text, clause, remedy));
  }
}
