package dev.unmask.engine.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Writes a whole file of named tensors: the same bytes for the same input. */
public final class SafetensorsWriter {
  private static final JsonMapper JSON = new JsonMapper();

  private SafetensorsWriter() {}

  /**
   * Claims a place and writes. Metadata are sorted by key; tensors stand in the order given, wider
   * element types first so that each is aligned to its elements.
   *
   * @throws dev.unmask.engine.InputException if the file cannot be written
   */
  public static void write(
      Path place, Map<String, String> metadata, SequencedMap<Entry, Source> tensors) {
    try (AtomicFile file = AtomicFile.claim(place)) {
      write(file, metadata, tensors);
    }
  }

  /**
   * Writes in a claimed place.
   *
   * @throws dev.unmask.engine.InputException if the file cannot be written
   */
  public static void write(
      AtomicFile file, Map<String, String> metadata, SequencedMap<Entry, Source> tensors) {
    List<Map.Entry<Entry, Source>> ordered = new ArrayList<>(tensors.entrySet());
    ordered.sort(Comparator.comparing(tensor -> -tensor.getKey().type().bytes()));
    file.fill(
        channel -> {
          writeFully(channel, header(metadata, ordered.stream().map(Map.Entry::getKey).toList()));
          for (Map.Entry<Entry, Source> tensor : ordered) {
            writeTensor(channel, tensor.getKey(), tensor.getValue());
          }
        });
  }

  private static void writeTensor(FileChannel channel, Entry entry, Source source)
      throws IOException {
    long end = channel.position() + entry.byteSize();
    source.writeTo(bytes -> writeFully(channel, bytes));
    if (channel.position() != end) {
      throw new IllegalArgumentException(
          "the source of " + entry + " is " + (channel.position() - end) + " bytes off");
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Its size and its text, padded with spaces to a multiple of 8 bytes. */
  private static ByteBuffer header(Map<String, String> metadata, List<Entry> entries) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(Header.METADATA);
      new TreeMap<>(metadata).forEach(strings::put);
    }
    long offset = 0;
    for (Entry entry : entries) {
      if (root.has(entry.name())) {
        throw new IllegalArgumentException("two tensors are named " + entry.name());
      }
      ObjectNode node = root.putObject(entry.name()).put("dtype", entry.type().name());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(entry.shape()).forEach(shape::add);
      node.putArray("data_offsets").add(offset).add(offset + entry.byteSize());
      offset += entry.byteSize();
    }
    byte[] text = text(root);
    int padded = Math.ceilDiv(text.length, Long.BYTES) * Long.BYTES;
    byte[] spaces = new byte[padded - text.length];
    Arrays.fill(spaces, (byte) ' ');
    return ByteBuffer.allocate(Long.BYTES + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded)
        .put(text)
        .put(spaces)
        .flip();
  }

  private static byte[] text(ObjectNode root) {
    try {
      return JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of strings and numbers is always JSON", e);
    }
  }
}
