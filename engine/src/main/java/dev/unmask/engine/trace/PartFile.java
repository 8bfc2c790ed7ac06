package dev.unmask.engine.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The steps of a run that goes on, or was stopped: a line that names the format, then frames, each
 * of its payload's size and CRC-32C (int32, little-endian) and the payload. The first frame
 * describes the rest as JSON, the second is the first state's row, and each one after is a step's
 * row and the next state's.
 */
final class PartFile implements AutoCloseable {
  static final String EXTENSION = ".part";

  private static final byte[] MAGIC = "unmask-part/1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_HEAD = 2 * Integer.BYTES;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path path;
  private final FileChannel channel;

  private PartFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static <S> PartFile create(
      Path path, Map<String, String> metadata, Columns<S, ?> columns, S first) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    PartFile part = new PartFile(path, channel);
    try {
      part.write(ByteBuffer.wrap(MAGIC));
      part.append(ByteBuffer.wrap(describe(metadata, columns)));
      part.append(columns.stateRow(first));
      return part;
    } catch (IOException | RuntimeException e) {
      try (channel) {
        Files.delete(path);
      }
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /**
   * Appends one frame with a single write, so that a killed program leaves at most one torn. One
   * that cannot be written is taken back: what comes after a torn frame would be lost.
   */
  void append(ByteBuffer... pieces) throws IOException {
    int size = Arrays.stream(pieces).mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer frame =
        ByteBuffer.allocate(FRAME_HEAD + size).order(ByteOrder.LITTLE_ENDIAN).position(FRAME_HEAD);
    for (ByteBuffer piece : pieces) {
      frame.put(piece);
    }
    CRC32C crc = new CRC32C();
    crc.update(frame.array(), FRAME_HEAD, size);
    frame.putInt(0, size).putInt(Integer.BYTES, (int) crc.getValue());
    long end = channel.position();
    try {
      write(frame.flip());
    } catch (IOException e) {
      if (channel.isOpen()) {
        channel.truncate(end);
      }
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static byte[] describe(Map<String, String> metadata, Columns<?, ?> columns)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode strings = root.putObject("metadata");
    metadata.forEach(strings::put);
    describe(root.putArray("state"), columns.ofState());
    describe(root.putArray("step"), columns.ofStep());
    return JSON.writeValueAsBytes(root);
  }

  private static <R> void describe(ArrayNode array, List<Column<R>> columns) {
    for (Column<R> column : columns) {
      ObjectNode node = array.addObject();
      node.put("name", column.row().name()).put("type", column.row().type().name());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(column.row().shape()).forEach(shape::add);
    }
  }

  /** Whether a file begins as a part does. */
  static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  /** Recovers every whole step of a file, which is mapped for as long as an arena lives. */
  static TraceTensors open(Path file, Arena arena) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return recover(file, frames(all));
    } catch (IOException e) {
      throw HeaderJson.bad(file, e.getMessage());
    }
  }

  /** The payloads of the frames that are whole; what follows the first broken one is lost. */
  private static List<MemorySegment> frames(MemorySegment all) {
    List<MemorySegment> frames = new ArrayList<>();
    long at = MAGIC.length;
    while (at + FRAME_HEAD <= all.byteSize()) {
      int size = all.get(INT, at);
      if (size < 0 || at + FRAME_HEAD + size > all.byteSize()) {
        break;
      }
      MemorySegment payload = all.asSlice(at + FRAME_HEAD, size);
      CRC32C crc = new CRC32C();
      crc.update(payload.asByteBuffer());
      if ((int) crc.getValue() != all.get(INT, at + Integer.BYTES)) {
        break;
      }
      frames.add(payload);
      at += FRAME_HEAD + size;
    }
    return frames;
  }

  private static TraceTensors recover(Path file, List<MemorySegment> frames) {
    if (frames.size() < 2) {
      throw HeaderJson.bad(file, "its run was stopped before its first state was written");
    }
    JsonNode root = json(file, frames.getFirst());
    Map<String, Slot> slots = new LinkedHashMap<>();
    int stepBytes = lay(root.path("step"), false, slots, file);
    int stateBytes = lay(root.path("state"), true, slots, file);
    List<MemorySegment> rows = frames.subList(1, frames.size());
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).byteSize() != (i == 0 ? 0L : stepBytes) + stateBytes) {
        throw HeaderJson.bad(file, "frame " + (i + 1) + " has not the size that its header tells");
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    root.path("metadata")
        .properties()
        .forEach(p -> metadata.put(p.getKey(), p.getValue().asText()));
    Map<String, Entry> tensors = new LinkedHashMap<>();
    slots.forEach((name, slot) -> tensors.put(name, slot.tensor(rows.size())));
    return new TraceTensors(
        metadata, tensors, believed -> new Frames(rows, slots, stepBytes, believed));
  }

  private static JsonNode json(Path file, MemorySegment frame) {
    try {
      return JSON.readTree(
          new String(frame.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw HeaderJson.bad(file, "its header is not JSON");
    }
  }

  /** Gives each column its place in a row; returns the bytes of a row. */
  private static int lay(JsonNode columns, boolean ofState, Map<String, Slot> slots, Path file) {
    int offset = 0;
    for (JsonNode node : columns) {
      Entry row = new Entry(node.path("name").asText(), type(node, file), shape(node, file));
      if (slots.put(row.name(), new Slot(row, ofState, offset)) != null) {
        throw HeaderJson.bad(file, "its header names \"%s\" twice".formatted(row.name()));
      }
      try {
        offset = Math.addExact(offset, Math.toIntExact(row.byteSize()));
      } catch (ArithmeticException e) {
        throw HeaderJson.bad(file, "its rows are larger than memory");
      }
    }
    return offset;
  }

  private static long[] shape(JsonNode column, Path file) {
    return column
        .path("shape")
        .valueStream()
        .mapToLong(
            size -> {
              if (!size.canConvertToLong() || !size.isIntegralNumber() || size.longValue() < 0) {
                throw HeaderJson.bad(file, "its header has the size " + size);
              }
              return size.longValue();
            })
        .toArray();
  }

  private static ElementType type(JsonNode node, Path file) {
    return Arrays.stream(ElementType.values())
        .filter(type -> type.name().equals(node.path("type").asText()))
        .findFirst()
        .orElseThrow(() -> HeaderJson.bad(file, "its header names an unknown type"));
  }

  /** Where a column lies in the rows of states, or of steps. */
  private record Slot(Entry row, boolean ofState, int offset) {
    /** All its rows in so many frames, of which the first holds no step. */
    Entry tensor(int frames) {
      return new Column<>(row, (_, _) -> {}).entry(ofState ? frames : frames - 1);
    }
  }

  /** The rows of recovered frames: the first holds a state, the others a step and a state. */
  private record Frames(
      List<MemorySegment> frames, Map<String, Slot> slots, int stepBytes, Map<String, Entry> rows)
      implements Cells {
    @Override
    public MemorySegment row(String name, int index) {
      Slot slot = slots.get(name);
      int frame = slot.ofState() ? index : index + 1;
      int start = slot.ofState() && index > 0 ? stepBytes : 0;
      return frames.get(frame).asSlice(start + slot.offset(), slot.row().byteSize());
    }
  }
}
