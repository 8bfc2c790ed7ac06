package dev.unmask.app.cli;

import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.api.Setting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * How the values of options are read. What is refused is refused with what is to be given, to be
 * said behind "give".
 */
final class OptionValues {
  private OptionValues() {}

  /** Teaches a command line the types that need no converter of their own. */
  static void teach(CommandLine line) {
    Whole any = new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
    line.registerConverter(int.class, any);
    line.registerConverter(Integer.class, any);
    line.registerConverter(long.class, OptionValues::seed);
    line.registerConverter(double.class, OptionValues::real);
    line.registerConverter(Double.class, OptionValues::real);
    line.registerConverter(Path.class, OptionValues::path);
  }

  private static Long seed(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw wanted("a whole number from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE), e);
    }
  }

  private static Double real(String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
      throw new TypeConversionException("a number");
    } catch (NumberFormatException e) {
      throw wanted("a number, as in 0.5", e);
    }
  }

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
      throw new TypeConversionException("a path");
    } catch (InvalidPathException e) {
      throw wanted("a path", e);
    }
  }

  private static TypeConversionException wanted(String what, Exception cause) {
    var refused = new TypeConversionException(what);
    refused.initCause(cause);
    return refused;
  }

  /** Whole numbers of a range. */
  static class Whole implements ITypeConverter<Integer> {
    private final int least;
    private final int most;

    Whole(int least, int most) {
      this.least = least;
      this.most = most;
    }

    @Override
    public Integer convert(String text) {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return (int) value;
        }
        throw new TypeConversionException(range());
      } catch (NumberFormatException e) {
        throw wanted(range(), e);
      }
    }

    private String range() {
      return "a whole number from %d to %d".formatted(least, most);
    }
  }

  /** Numbers of things counted from 0, and of things that there may be none of. */
  static final class FromZero extends Whole {
    FromZero() {
      super(0, Integer.MAX_VALUE);
    }
  }

  /** Numbers of repetitions. */
  static final class FromOne extends Whole {
    FromOne() {
      super(1, Integer.MAX_VALUE);
    }
  }

  /** Sizes of what is kept in memory. */
  static final class Size extends Whole {
    Size() {
      super(1, Setting.Whole.MOST);
    }
  }

  /** Numbers of threads. */
  static final class Threads extends Whole {
    private static final String OTHERS = "java.util.concurrent.ForkJoinPool.common.parallelism";

    Threads() {
      super(1, 1024);
    }

    /**
     * Lets the common pool, which works beside the thread that asks it, have no more threads than a
     * command is told to compute on. Before anything asks the pool: it is never made again.
     */
    static void obey(CommandSpec command) {
      OptionSpec option = command.findOption("--threads");
      if (option != null && option.getValue() instanceof Integer threads) {
        System.setProperty(OTHERS, Integer.toString(threads - 1));
      }
    }
  }

  /** Images of a batch. */
  static final class Images extends Whole {
    Images() {
      super(1, 1024);
    }
  }

  /** Ports, 0 for any that is free. */
  static final class Port extends Whole {
    Port() {
      super(0, 65_535);
    }
  }

  /** Settings, each of which is given once. */
  static final class Settings implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> given, ArgSpec option, CommandSpec command) {
      String name = ((CommandLine.Model.OptionSpec) option).longestName();
      String text = given.isEmpty() ? "" : given.pop();
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new InputException(
            "%s is '%s'; write it as %1$s %s.".formatted(name, text, option.paramLabel()));
      }
      Map<String, String> settings = option.getValue();
      String key = text.substring(0, equals);
      if (settings.putIfAbsent(key, text.substring(equals + 1)) != null) {
        throw new InputException(Mistake.twice("%s %s".formatted(name, key)));
      }
    }
  }
}
