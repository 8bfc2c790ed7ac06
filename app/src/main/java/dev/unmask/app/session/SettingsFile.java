package dev.unmask.app.session;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A small file of JSON that the window keeps for itself. One that makes no sense is put aside, so
 * that it neither keeps the window from starting nor is lost when something new is kept.
 *
 * @param told is given a sentence when a file was put aside or cannot be kept
 */
public record SettingsFile<T>(Path file, TypeReference<T> type, Consumer<String> told) {
  private static final System.Logger LOG = System.getLogger(SettingsFile.class.getName());

  /** In bytes; what people do in a window is less by far. */
  private static final long LARGEST = 1 << 24;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));

  /**
   * What was kept; empty if nothing sound was.
   *
   * @param check throws for what cannot be, and gives what is to be used
   */
  public Optional<T> read(UnaryOperator<T> check) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it has %d bytes".formatted(Files.size(file)));
      }
      T kept = JSON.readValue(Files.readAllBytes(file), type);
      if (kept == null) {
        throw new IOException("it holds null");
      }
      return Optional.of(check.apply(kept));
    } catch (IOException | InputException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, file + " makes no sense", e);
      putAside();
      return Optional.empty();
    }
  }

  private void putAside() {
    Path aside = file.resolveSibling(file.getFileName() + ".bad");
    for (int number = 2; Files.exists(aside); number++) {
      aside = file.resolveSibling(file.getFileName() + ".bad" + number);
    }
    try {
      Files.move(file, aside);
      told.accept(
          "%s makes no sense, so it was put aside as %s and what it kept is not used."
              .formatted(file, aside.getFileName()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be put aside", e);
      told.accept("%s makes no sense; remove it, or mend it.".formatted(file));
    }
  }

  /** Keeps it; what was kept before stays if that fails. */
  public void write(T kept) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      byte[] bytes = JSON.writeValueAsBytes(kept);
      AtomicFile.write(file, out -> out.write(bytes));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be written", e);
      told.accept(AtomicFile.cannotWrite(file, e).getMessage());
    } catch (InputException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be written", e);
      told.accept(e.getMessage());
    }
  }
}
