package dev.unmask.engine.sampler.own;

import dev.unmask.engine.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one source by the JDK's own compiler, from memory to memory. */
final class SourceCompiler {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-nowarn", "-g", "-classpath", System.getProperty("java.class.path"));

  private SourceCompiler() {}

  /**
   * Compiles a source against what this program is made of.
   *
   * @param name of the source, for messages
   * @param type the name of its public class, which is in no package
   * @return a loader of its classes
   * @throws InputException with the first error's line, or if there is no compiler
   */
  static ClassLoader compile(String name, String type, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new InputException(
          "The sampler %s cannot be compiled by this Java; start Unmask on a JDK.".formatted(name));
    }
    var errors = new DiagnosticCollector<JavaFileObject>();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(errors, null, null);
        var memory = new Memory(standard)) {
      boolean isCompiled =
          compiler
              .getTask(null, memory, errors, OPTIONS, null, List.of(new Source(type, source)))
              .call();
      if (!isCompiled) {
        throw refused(name, errors.getDiagnostics());
      }
      return new Loader(memory.classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputException refused(
      String name, List<Diagnostic<? extends JavaFileObject>> found) {
    return found.stream()
        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
        .findFirst()
        .map(
            error -> {
              String place = "%s:%d".formatted(name, error.getLineNumber());
              String why = error.getMessage(Locale.ROOT).lines().findFirst().orElse("");
              return new OwnSamplerException(
                  "The sampler %s does not compile: %s.".formatted(place, why), place, null);
            })
        .orElseGet(
            () ->
                new OwnSamplerException(
                    "The sampler %s does not compile.".formatted(name), "", null));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type, String text) {
      super(URI.create("memory:///" + type + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

    Memory(JavaFileManager parent) {
      super(parent);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + type + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          var bytes = new ByteArrayOutputStream();
          classes.put(type, bytes);
          return bytes;
        }
      };
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> classes;

    Loader(Map<String, ByteArrayOutputStream> classes) {
      super(SourceCompiler.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String type) throws ClassNotFoundException {
      ByteArrayOutputStream bytes = classes.get(type);
      if (bytes == null) {
        throw new ClassNotFoundException(type);
      }
      return defineClass(type, bytes.toByteArray(), 0, bytes.size());
    }
  }
}
