package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is exported, by name.
 *
 * @param name what the names of pictures begin with
 * @param sha256 of the trace's file, in lower-case hexadecimal; empty if it has none yet
 */
public record TraceSource(String name, String sha256) {
  /** A trace that is in a file. */
  public static TraceSource of(Path file) {
    try (var in = new DigestInputStream(Files.newInputStream(file), digest())) {
      in.transferTo(OutputStream.nullOutputStream());
      return new TraceSource(stem(file), HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check that it is a file.".formatted(file, e.getMessage()), e);
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(TraceFile.EXTENSION)
        ? name.substring(0, name.length() - TraceFile.EXTENSION.length())
        : name;
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
