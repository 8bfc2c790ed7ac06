package dev.unmask.engine;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Where a parser of JSON gave up, as the end of a sentence. */
public final class JsonPlace {
  private JsonPlace() {}

  /** It knows no place where what is wrong is the depth, or a size. */
  public static String of(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null
        ? "goes too deep, or has a number or a name that is too long"
        : "goes wrong in line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
