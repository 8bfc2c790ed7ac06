package dev.unmask.engine.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;

/** Calls functions of native libraries that nothing binds for Java. */
public final class ForeignFunction {
  private ForeignFunction() {}

  /**
   * Calls a function that the library has.
   *
   * @return its result; null if it has none
   */
  @SuppressWarnings("restricted")
  public static Object call(
      SymbolLookup library, String function, FunctionDescriptor type, Object... arguments) {
    try {
      return Linker.nativeLinker()
          .downcallHandle(library.findOrThrow(function), type)
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("calling " + function, e);
    }
  }
}
