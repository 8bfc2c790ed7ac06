package dev.unmask.app.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.InputException;
import dev.unmask.engine.trace.TraceHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What stands next to an export, so that it can be made again: the trace, the settings, and which
 * step each frame shows. It says nothing of when, where and by whom.
 */
record Manifest(TraceSource source, ExportSettings settings, Clip clip) {
  private static final String FORMAT = "unmask-export/1";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The text. */
  byte[] bytes() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", TraceHeader.VERSION);
    root.putObject("trace").put("name", source.name()).put("sha256", source.sha256());
    root.set("settings", SettingsJson.write(settings));
    ArrayNode frames = root.putArray("frames");
    for (Clip.Shot shot : clip.shots()) {
      for (int frame = shot.first(); frame < shot.first() + shot.frames(); frame++) {
        ObjectNode node = frames.addObject().put("frame", frame + 1).put("step", shot.step());
        if (shot.turned() > 0) {
          node.put("turned", shot.turned());
        }
      }
    }
    String text = JSON.writeValueAsString(root).replace("\r\n", "\n");
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether an export that was written before is this one.
   *
   * @param place where its manifest is, if there is one
   * @throws InputException if it is another
   */
  boolean continues(Path place) {
    if (!Files.exists(place)) {
      return false;
    }
    try {
      if (Files.isRegularFile(place) && Arrays.equals(Files.readAllBytes(place), bytes())) {
        return true;
      }
      throw new InputException(
          "%s tells of another trace or other settings; choose another place, or leave --resume away."
              .formatted(place));
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(place, e);
    }
  }
}
