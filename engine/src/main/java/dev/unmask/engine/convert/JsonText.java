package dev.unmask.engine.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.unmask.engine.JsonPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** One JSON value, or several in lines. */
final class JsonText {
  /** Python writes NaN and Infinity where JSON has no such numbers. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final JsonParser parser;

  private JsonText(JsonParser parser) {
    this.parser = parser;
  }

  static List<Item> parse(ForeignFile file, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      JsonText json = new JsonText(parser);
      List<Item> roots = new ArrayList<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        roots.add(json.value(token));
      }
      return roots;
    } catch (JsonProcessingException e) {
      throw file.bad("it is not whole JSON (it %s)".formatted(JsonPlace.of(e)));
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory can be read", e);
    }
  }

  private Item value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Item.Text(parser.getText());
      case VALUE_TRUE -> new Item.Single(1);
      case VALUE_FALSE -> new Item.Single(0);
      case VALUE_NULL -> new Item.Single(Double.NaN);
      default -> new Item.Single(parser.getDoubleValue());
    };
  }

  private Item object() throws IOException {
    SequencedMap<String, Item> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser.nextToken()));
    }
    return new Item.Fields(fields);
  }

  private Item array() throws IOException {
    double[] numbers = new double[8];
    int count = 0;
    JsonToken token = parser.nextToken();
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      Item item = value(token);
      if (!(item instanceof Item.Single(double number))) {
        return mixed(Arrays.copyOf(numbers, count), item);
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }
    return new Item.Numbers(Arrays.copyOf(numbers, count));
  }

  /**
   * The rest of an array that is not of numbers alone.
   *
   * @param first the numbers that it begins with
   * @param item the first value that is no number
   */
  private Item mixed(double[] first, Item item) throws IOException {
    List<Item> items = new ArrayList<>(new Item.Numbers(first).elements());
    items.add(item);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser.currentToken()));
    }
    return new Item.Items(items);
  }
}
