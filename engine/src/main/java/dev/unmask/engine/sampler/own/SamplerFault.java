package dev.unmask.engine.sampler.own;

import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.trace.TokenState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Something that a sampler of somebody's own threw; the state before that step stays. */
public final class SamplerFault extends OwnSamplerException {
  private static final long serialVersionUID = 1L;

  private SamplerFault(String sentence, String place, Throwable cause) {
    super(sentence, place, cause);
  }

  /**
   * Makes a sampler whose exceptions, and those thrown in making it, are told as its faults.
   *
   * @param name as the user gave it
   */
  static TokenSampler told(String name, Supplier<TokenSampler> constructor) {
    TokenSampler sampler;
    try {
      sampler = constructor.get();
    } catch (RuntimeException | LinkageError e) {
      throw of(name, "when it was made", e);
    }
    if (sampler == null) {
      throw new OwnSamplerException(
          "The sampler %s makes no sampler: its constructor gave null.".formatted(name), "", null);
    }
    return (TokenSampler)
        Proxy.newProxyInstance(
            TokenSampler.class.getClassLoader(),
            new Class<?>[] {TokenSampler.class},
            (_, method, arguments) -> call(name, sampler, method, arguments));
  }

  private static Object call(String name, TokenSampler sampler, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(sampler, arguments);
    } catch (InvocationTargetException e) {
      throw of(name, where(method, arguments), e.getCause());
    }
  }

  private static String where(Method method, Object[] arguments) {
    return Arrays.stream(arguments == null ? new Object[0] : arguments)
        .filter(TokenState.class::isInstance)
        .map(state -> "at step %d, in ".formatted(((TokenState) state).step() + 1))
        .findFirst()
        .orElse("in ")
        .concat(method.getName());
  }

  /** Mistakes in settings and cancelled runs are no faults, and errors of the machine stay such. */
  private static RuntimeException of(String name, String where, Throwable thrown) {
    return switch (thrown) {
      case InputException mistake -> mistake;
      case CancellationException cancelled -> cancelled;
      case VirtualMachineError error when !(error instanceof StackOverflowError) -> throw error;
      default -> {
        Optional<StackTraceElement> line = line(name, thrown);
        yield new SamplerFault(
            "The sampler %s threw %s %s%s; the steps before it are kept: mend it and run again."
                .formatted(name, thrown, where, line.map(SamplerFault::inBrackets).orElse("")),
            line.map(frame -> "%s:%d".formatted(name, frame.getLineNumber())).orElse(""),
            thrown);
      }
    };
  }

  /** The line of the sampler's own code, not of what it called. */
  private static Optional<StackTraceElement> line(String name, Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(
            frame ->
                frame.getClassName().equals(name)
                    || frame.getFileName() != null && name.endsWith(frame.getFileName()))
        .findFirst();
  }

  private static String inBrackets(StackTraceElement frame) {
    return " (%s:%d)".formatted(frame.getFileName(), frame.getLineNumber());
  }
}
