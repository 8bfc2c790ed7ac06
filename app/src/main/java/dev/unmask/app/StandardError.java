package dev.unmask.app;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.unmask.engine.tensor.ForeignFunction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/**
 * The process's error stream, in place of which a start script has put a filter for what the JVM
 * says before the program runs.
 */
final class StandardError {
  /** The system property that gives the number of the true stream's descriptor. */
  private static final String PROPERTY = "unmask.stderr";

  private static final int STANDARD_ERROR = 2;

  private StandardError() {}

  /** Puts the true stream in the filter's place, for Java, native libraries and their children. */
  static void takeBack() {
    Integer kept = Integer.getInteger(PROPERTY);
    if (kept != null) {
      call("dup2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), kept, STANDARD_ERROR);
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), kept);
    }
  }

  private static void call(String function, FunctionDescriptor type, Object... arguments) {
    ForeignFunction.call(Linker.nativeLinker().defaultLookup(), function, type, arguments);
  }
}
