package dev.unmask.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody unknown sends. */
public final class Stranger {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");

  private Stranger() {}

  /** A sampler in a folder that makes another folder beside it, {@code ran}, as soon as it runs. */
  public static Path sampler(Path folder) throws IOException {
    String ran = folder.resolve("ran").toString().replace("\\", "\\\\");
    String initializer = "static { new java.io.File(\"%s\").mkdir(); }\n".formatted(ran);
    String fields = "  private final Settings settings;";
    return Files.writeString(
        folder.resolve("MySampler.java"),
        Files.readString(TEMPLATE).replace(fields, initializer + fields));
  }

  /** Writes a trace again with other words in what it says of its run. */
  public static Path retold(Path trace, Path target, String words, String others)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(trace)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] header = new byte[(int) bytes.getLong()];
    bytes.get(header);
    String quoted = "\\\"%s\\\"";
    String told = new String(header, StandardCharsets.UTF_8);
    String again = told.replace(quoted.formatted(words), quoted.formatted(others));
    if (again.equals(told)) {
      throw new IllegalArgumentException(trace + " does not say " + words);
    }
    byte[] changed = again.getBytes(StandardCharsets.UTF_8);
    ByteBuffer whole =
        ByteBuffer.allocate(Long.BYTES + changed.length + bytes.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(changed.length)
            .put(changed)
            .put(bytes);
    return Files.write(target, whole.array());
  }
}
