package dev.unmask.engine.sampler.api;

import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /**
   * What it does, in a sentence. Where 0 stands for something else than a number, the sentence ends
   * with it: "; 0 is one for each position".
   */
  String meaning();

  /** What 0 stands for, as the meaning says; empty where it is a number like others. */
  default Optional<String> zero() {
    Matcher words = Pattern.compile("; 0 ((?:is|takes|never) [^;]*)").matcher(meaning());
    return words.find() ? Optional.of(words.group(1).replaceFirst("^is ", "")) : Optional.empty();
  }

  /** What it may be, in words. */
  String range();

  /**
   * Reads a value.
   *
   * @throws SettingException if it is not in the range
   */
  T parse(String text);

  /**
   * What the model decides, where the setting is left to it.
   *
   * @param given by the user, if anything was
   */
  default Optional<T> decidedBy(TokenDenoiser model, Optional<T> given) {
    return Optional.empty();
  }

  /**
   * A whole number from {@code least} to {@code most}.
   *
   * @param model what a model makes of 0, if it decides
   */
  record Whole(
      String name,
      Integer fallback,
      int least,
      int most,
      String meaning,
      Function<TokenDenoiser, OptionalInt> model)
      implements Setting<Integer> {
    /** For counts of steps, positions and tokens: more than any run has, and what memory holds. */
    public static final int MOST = 1 << 20;

    /** One that no model decides. */
    public Whole(String name, Integer fallback, int least, int most, String meaning) {
      this(name, fallback, least, most, meaning, model -> OptionalInt.empty());
    }

    @Override
    public Optional<Integer> decidedBy(TokenDenoiser denoiser, Optional<Integer> given) {
      return given.orElse(fallback) != 0
          ? Optional.empty()
          : model.apply(denoiser).stream().boxed().findFirst();
    }

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

  /**
   * On or off.
   *
   * @param model whether a model turns it off where nothing was given
   */
  record Flag(String name, Boolean fallback, String meaning, Predicate<TokenDenoiser> model)
      implements Setting<Boolean> {
    /** One that no model turns off. */
    public Flag(String name, Boolean fallback, String meaning) {
      this(name, fallback, meaning, model -> false);
    }

    @Override
    public Optional<Boolean> decidedBy(TokenDenoiser denoiser, Optional<Boolean> given) {
      return given.isEmpty() && model.test(denoiser) ? Optional.of(false) : Optional.empty();
    }

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
