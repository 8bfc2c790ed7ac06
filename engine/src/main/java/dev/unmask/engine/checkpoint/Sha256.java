package dev.unmask.engine.checkpoint;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of files (FIPS 180-4). */
public final class Sha256 {
  private static final int PIECE = 1 << 16;

  private Sha256() {}

  /**
   * In lower-case hexadecimal, of one file's contents after another's.
   *
   * @throws InputException if a file cannot be read
   */
  public static String of(Path... files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        update(digest, file);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] piece = new byte[PIECE];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        digest.update(piece, 0, count);
      }
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }
}
