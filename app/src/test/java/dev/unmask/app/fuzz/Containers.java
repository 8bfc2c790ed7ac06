package dev.unmask.app.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Damage within a format whose sizes and sums are made right again. */
final class Containers {
  private static final Map<String, Integer> ELEMENTS =
      Map.of("F64", 8, "F32", 4, "F16", 2, "BF16", 2, "I64", 8, "I32", 4, "I16", 2, "U8", 1);
  private static final int PART_MAGIC = "unmask-part/1\n".length();
  private static final int LONGEST = 1 << 20;

  private Containers() {}

  /** Of a safetensors file: its header, and sometimes data as long as the header says. */
  static byte[] safetensors(byte[] input, RandomGenerator random) {
    ByteBuffer file = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong(0);
    byte[] text = Arrays.copyOfRange(input, Long.BYTES, Long.BYTES + header);
    byte[] data = Arrays.copyOfRange(input, Long.BYTES + header, input.length);
    if (random.nextInt(5) == 0) {
      data = Bytes.damage(data, random);
    }
    JsonNode damaged;
    try {
      damaged = Json.damaged(Json.MAPPER.readTree(text), random);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (damaged instanceof ObjectNode root && random.nextInt(3) > 0) {
      data = Arrays.copyOf(data, placed(root, data.length));
    }
    text = Json.bytes(damaged);
    ByteBuffer out =
        ByteBuffer.allocate(Long.BYTES + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return out.putLong(text.length).put(text).put(data).array();
  }

  /** Gives each tensor the place that its shape takes, if that is not too much; their end. */
  private static int placed(ObjectNode root, int most) {
    int at = 0;
    for (Map.Entry<String, JsonNode> tensor : root.properties()) {
      if (!(tensor.getValue() instanceof ObjectNode entry) || !entry.has("dtype")) {
        continue;
      }
      double bytes = ELEMENTS.getOrDefault(entry.path("dtype").asText(), 1);
      for (JsonNode size : entry.path("shape")) {
        bytes *= size.asDouble();
      }
      if (!(bytes >= 0 && at + bytes <= LONGEST)) {
        return most;
      }
      ArrayNode offsets = entry.putArray("data_offsets").add(at);
      at += (int) bytes;
      offsets.add(at);
    }
    return at;
  }

  /** Of the part of a stopped run: its frames, whose sums are made right again. */
  static byte[] part(byte[] input, RandomGenerator random) {
    List<byte[]> frames = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).position(PART_MAGIC);
    while (file.hasRemaining()) {
      byte[] frame = new byte[file.getInt()];
      file.getInt();
      file.get(frame);
      frames.add(frame);
    }
    int at = random.nextInt(frames.size());
    switch (random.nextInt(8)) {
      case 0 -> frames.set(at, Bytes.damage(frames.get(at), random));
      case 1 -> frames.remove(at);
      case 2 -> frames.add(at, frames.get(random.nextInt(frames.size())));
      default -> frames.set(0, Json.damage(frames.getFirst(), random));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, PART_MAGIC);
    for (byte[] frame : frames) {
      CRC32C sum = new CRC32C();
      sum.update(frame);
      ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(head.putInt(frame.length).putInt((int) sum.getValue()).array());
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }

  /** Of a zip archive: what it holds. */
  static byte[] zip(byte[] input, RandomGenerator random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(input));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      int number = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        String name = random.nextInt(8) == 0 ? number + ".npy" : number + entry.getName();
        zip.putNextEntry(new ZipEntry(random.nextInt(4) == 0 ? name : entry.getName()));
        zip.write(random.nextBoolean() ? Bytes.damage(content, random) : content);
        number++;
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      return Bytes.damage(input, random);
    }
    return out.toByteArray();
  }
}
