package dev.unmask.engine.sampler.api;

import java.util.Arrays;
import java.util.List;

/**
 * A setting of a sampler: its name, default, range and meaning. Forms, options, tables and checks
 * come from it.
 *
 * @param <T> Integer, Double, Boolean or String
 */
public sealed interface Setting<T> {
  /** Lower case, with hyphens. */
  String name();

  /** The default. */
  T fallback();

  /** What it does, in a sentence. */
  String meaning();

  /** What it may be, in words. */
  String range();

  /**
   * Reads a value.
   *
   * @throws SettingException if it is not in the range
   */
  T parse(String text);

  /** A whole number from {@code least} to {@code most}. */
  record Whole(String name, Integer fallback, int least, int most, String meaning)
      implements Setting<Integer> {
    @Override
    public String range() {
      return most == Integer.MAX_VALUE ? "from " + least : least + " to " + most;
    }

    @Override
    public Integer parse(String text) {
      try {
        int value = Integer.parseInt(text.strip());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw SettingException.outside(this, text);
      }
      throw SettingException.outside(this, text);
    }
  }

  /** A number from {@code least} to {@code most}. */
  record Real(String name, Double fallback, double least, double most, String meaning)
      implements Setting<Double> {
    @Override
    public String range() {
      return most == Double.MAX_VALUE ? "from " + least : least + " to " + most;
    }

    @Override
    public Double parse(String text) {
      try {
        double value = Double.parseDouble(text.strip());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw SettingException.outside(this, text);
      }
      throw SettingException.outside(this, text);
    }
  }

  /** On or off. */
  record Flag(String name, Boolean fallback, String meaning) implements Setting<Boolean> {
    @Override
    public String range() {
      return "true or false";
    }

    @Override
    public Boolean parse(String text) {
      return switch (text.strip()) {
        case "true" -> true;
        case "false" -> false;
        default -> throw SettingException.outside(this, text);
      };
    }
  }

  /** One of a few words. */
  record Choice(String name, String fallback, List<String> words, String meaning)
      implements Setting<String> {
    @Override
    public String range() {
      return String.join(", ", words);
    }

    @Override
    public String parse(String text) {
      if (!words.contains(text.strip())) {
        throw SettingException.outside(this, text);
      }
      return text.strip();
    }
  }

  /** Whole numbers, one a step, with commas between them; or {@link #EVEN}. */
  record Counts(String name, String meaning) implements Setting<String> {
    /** In place of numbers: the same for every step. */
    public static final String EVEN = "even";

    @Override
    public String fallback() {
      return EVEN;
    }

    @Override
    public String range() {
      return EVEN + ", or whole numbers from 0 with commas between them, one for each step";
    }

    @Override
    public String parse(String text) {
      String compact = text.replaceAll("\\s", "");
      if (!compact.equals(EVEN) && !compact.matches("\\d{1,6}(,\\d{1,6})*")) {
        throw SettingException.outside(this, text);
      }
      return compact;
    }

    /** The numbers of a value; none for {@link #EVEN}. */
    public static int[] numbers(String value) {
      return value.equals(EVEN)
          ? new int[0]
          : Arrays.stream(value.split(",")).mapToInt(Integer::parseInt).toArray();
    }
  }
}
