package dev.unmask.engine.sampler;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sampler of somebody's own: a class that describes itself in a {@code public static final
 * SamplerKind KIND}, in a .java file that is compiled when it is asked for, or on the class path.
 * What it throws is told with the step that threw it.
 */
final class OwnSampler {
  private static final String SOURCE = ".java";
  private static final Map<String, Compiled> COMPILED = new ConcurrentHashMap<>();

  /** What a file was when it was compiled. */
  private record Compiled(String source, SamplerKind kind) {}

  private OwnSampler() {}

  /** Whether a name is a file's or a class's, and no built-in sampler's. */
  static boolean isNamedBy(String name) {
    return name.contains(".");
  }

  /**
   * The sampler in a file, compiled again if the file changed, or of a class. Its name is the one
   * that is asked for, so that its traces find it again.
   *
   * @param name a path that ends in .java, or a class's full name
   * @throws InputException if it cannot be read, compiled or loaded, or does not describe itself
   */
  static SamplerKind of(String name) {
    return name.endsWith(SOURCE) ? inFile(name) : described(name, onClassPath(name));
  }

  private static SamplerKind inFile(String name) {
    String source = read(name);
    return COMPILED.compute(
            name,
            (_, known) ->
                known != null && known.source.equals(source) ? known : compiled(name, source))
        .kind;
  }

  private static String read(String name) {
    try {
      return Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new InputException(
          "The sampler %s cannot be read (%s); give the path of a .java file."
              .formatted(name, e.getClass().getSimpleName()),
          e);
    }
  }

  private static Compiled compiled(String name, String source) {
    String file = Path.of(name).getFileName().toString();
    String type = file.substring(0, file.length() - SOURCE.length());
    ClassLoader classes = SourceCompiler.compile(name, type, source);
    return new Compiled(source, described(name, load(name, type, classes)));
  }

  private static Class<?> onClassPath(String name) {
    return load(name, name, OwnSampler.class.getClassLoader());
  }

  private static Class<?> load(String name, String type, ClassLoader classes) {
    try {
      return Class.forName(type, true, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new InputException(
          "The sampler %s has no class %s that can be loaded (%s); see samples/MySampler.java."
              .formatted(name, type, reason(e)),
          e);
    }
  }

  /** What a static initializer threw is told in place of the error that wraps it. */
  private static Throwable reason(Throwable thrown) {
    return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private static SamplerKind described(String name, Class<?> type) {
    try {
      Field field = type.getField("KIND");
      if (field.get(null) instanceof SamplerKind kind) {
        return told(name, kind);
      }
    } catch (ReflectiveOperationException | NullPointerException e) {
      throw undescribed(name, type, e);
    }
    throw undescribed(name, type, null);
  }

  private static InputException undescribed(String name, Class<?> type, Throwable cause) {
    return new InputException(
        "The sampler %s does not describe itself: give the public class %s a public static final SamplerKind KIND, as samples/MySampler.java has."
            .formatted(name, type.getSimpleName()),
        cause);
  }

  private static SamplerKind told(String name, SamplerKind kind) {
    return new SamplerKind(
        name,
        kind.title(),
        kind.summary(),
        kind.paper(),
        kind.verified(),
        kind.settings(),
        (settings, vocabulary) ->
            SamplerFault.told(name, () -> kind.constructor().apply(settings, vocabulary)));
  }
}
