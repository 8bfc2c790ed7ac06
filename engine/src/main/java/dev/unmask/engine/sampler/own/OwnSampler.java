package dev.unmask.engine.sampler.own;

import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.api.SamplerKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sampler of somebody's own: a class that describes itself in a {@code public static final
 * SamplerKind KIND}, in a .java file that is compiled when it is asked for, or on the class path.
 * It is a program, so whoever names it must be asked about by a {@link SamplerPermission}; until
 * then nothing of it is read. What it throws is told with the step that threw it.
 */
public final class OwnSampler {
  private static final String SOURCE = ".java";
  private static final Map<String, SamplerKind> COMPILED = new ConcurrentHashMap<>();

  private final String name;
  private Optional<byte[]> source = Optional.empty();

  private OwnSampler(String name) {
    this.name = name;
  }

  /** The own sampler of that name; empty if the name is no file's and no class's. */
  public static Optional<OwnSampler> of(String name) {
    return name.contains(".") ? Optional.of(new OwnSampler(name)) : Optional.empty();
  }

  /** A path that ends in .java, or a class's full name; as it was written. */
  public String name() {
    return name;
  }

  /** Where it is, whatever folder is worked in: the whole path, or the class's name. */
  public String place() {
    try {
      return isFile() ? Path.of(name).toAbsolutePath().normalize().toString() : name;
    } catch (InvalidPathException _) {
      // Then nothing is there, which is said when it is read.
      return name;
    }
  }

  /**
   * The SHA-256 of its source, or of its class, as it is when this is asked first; in lower-case
   * hexadecimal.
   *
   * @throws RefusedSamplerException if it cannot be read
   */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private boolean isFile() {
    return name.endsWith(SOURCE);
  }

  /** Read once, so that what is compiled is what was allowed. */
  private synchronized byte[] source() {
    if (source.isEmpty()) {
      source = Optional.of(read());
    }
    return source.get();
  }

  private byte[] read() {
    try {
      return isFile() ? Files.readString(Path.of(name)).getBytes(StandardCharsets.UTF_8) : onPath();
    } catch (IOException | InvalidPathException e) {
      throw new RefusedSamplerException(
          new SamplerRefusal(
              name,
              false,
              "cannot be read (%s)".formatted(e.getClass().getSimpleName()),
              "give the path of a .java file"));
    }
  }

  private byte[] onPath() throws IOException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = OwnSampler.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new NoSuchFileException(file);
      }
      return in.readAllBytes();
    }
  }

  /**
   * What it says of itself, compiled again if its source changed. Its name is the one that is asked
   * for, so that its traces find it again.
   *
   * @throws InputException if it cannot be read, compiled or loaded, or does not describe itself
   */
  public SamplerKind kind() {
    return isFile()
        ? COMPILED.compute(name, (_, known) -> isPresent(known) ? known : compiled())
        : described(load(name, OwnSampler.class.getClassLoader()));
  }

  private boolean isPresent(SamplerKind known) {
    return known != null && known.sha256().equals(Optional.of(sha256()));
  }

  private SamplerKind compiled() {
    String file = Path.of(name).getFileName().toString();
    String type = file.substring(0, file.length() - SOURCE.length());
    String text = new String(source(), StandardCharsets.UTF_8);
    return described(load(type, SourceCompiler.compile(name, type, text)));
  }

  private Class<?> load(String type, ClassLoader classes) {
    try {
      return Class.forName(type, true, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new OwnSamplerException(
          "The sampler %s has no class %s that can be loaded (%s); see samples/MySampler.java."
              .formatted(name, type, reason(e)),
          "",
          e);
    }
  }

  /** What a static initializer threw is told in place of the error that wraps it. */
  private static Throwable reason(Throwable thrown) {
    return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  private SamplerKind described(Class<?> type) {
    try {
      Field field = type.getField("KIND");
      if (field.get(null) instanceof SamplerKind kind) {
        return told(kind);
      }
    } catch (ReflectiveOperationException | NullPointerException e) {
      throw undescribed(type, e);
    }
    throw undescribed(type, null);
  }

  private InputException undescribed(Class<?> type, Throwable cause) {
    return new OwnSamplerException(
        "The sampler %s does not describe itself: give the public class %s a public static final SamplerKind KIND, as samples/MySampler.java has."
            .formatted(name, type.getSimpleName()),
        "",
        cause);
  }

  private SamplerKind told(SamplerKind kind) {
    return new SamplerKind(
        name,
        kind.title(),
        kind.summary(),
        kind.paper(),
        kind.verified(),
        kind.settings(),
        (settings, vocabulary) ->
            SamplerFault.told(name, () -> kind.constructor().apply(settings, vocabulary)),
        Optional.of(sha256()));
  }
}
