package dev.unmask.engine.convert;

import dev.unmask.engine.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** A file of another tool, told by what it begins with and not by its name. */
record ForeignFile(Path path) {
  /** The longest text that is read, in bytes. */
  private static final long LONGEST = 1 << 27;

  /** No vocabulary has as many tokens. */
  private static final int MOST_TOKENS = 1 << 22;

  private static final byte[] ZIP = {'P', 'K'};
  private static final byte PICKLE = (byte) 0x80;

  /** What it holds: one value, or one a line, or a text that is no JSON. */
  List<Item> read() {
    try {
      byte[] start = start();
      if (start.length == 0) {
        throw bad("it is empty");
      }
      if (start[0] == PICKLE) {
        throw pickle();
      }
      if (begins(start, ZIP)) {
        return List.of(NpzFile.read(this));
      }
      if (Files.size(path) > LONGEST) {
        throw bad("it has %d bytes and a trace at most %d".formatted(Files.size(path), LONGEST));
      }
      byte[] all = Files.readAllBytes(path);
      return begins(start, NpyArray.MAGIC) ? array(all) : text(all);
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be read (%s); check the path and its permissions."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private byte[] start() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new InputException(path + " is not a file; check the path.");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(NpyArray.MAGIC.length);
    }
  }

  private static boolean begins(byte[] start, byte[] with) {
    return start.length >= with.length
        && Arrays.equals(start, 0, with.length, with, 0, with.length);
  }

  private List<Item> array(byte[] all) throws IOException {
    SequencedMap<String, Item> one = new LinkedHashMap<>();
    one.put("arr_0", NpyArray.read(this, "array", new ByteArrayInputStream(all), all.length));
    return List.of(new Item.Fields(one));
  }

  private List<Item> text(byte[] all) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(all)).toString();
      String inner = text.strip();
      if (inner.isEmpty()) {
        throw bad("it is empty");
      }
      boolean json = inner.startsWith("{") || inner.startsWith("[");
      return json ? JsonText.parse(this, text) : List.of(new Item.Text(text));
    } catch (CharacterCodingException e) {
      throw bad("it is neither an archive of arrays nor text in UTF-8");
    }
  }

  /** Of a list of numbers, whole and none above what a vocabulary has; −1 is no token yet. */
  int[] ids(Item item, String where) {
    if (!(item instanceof Item.Numbers(double[] values))) {
      throw bad(where + " is no list of ids");
    }
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
      if (ids[i] != values[i] || ids[i] < -1 || ids[i] >= MOST_TOKENS) {
        throw bad("%s holds %s, which is no id of a token".formatted(where, plain(values[i])));
      }
    }
    return ids;
  }

  /** Scores of {@code length} positions. */
  float[] scores(Item item, int length, String where) {
    if (!(item instanceof Item.Numbers(double[] values)) || values.length != length) {
      throw bad("%s is no list of %d numbers".formatted(where, length));
    }
    float[] scores = new float[length];
    for (int i = 0; i < length; i++) {
      scores[i] = (float) values[i];
    }
    return scores;
  }

  /** A list that is not empty. */
  List<Item> list(Item item, String where) {
    List<Item> items = item.elements();
    if (items.isEmpty()) {
      throw bad(where + " is no list, or an empty one");
    }
    return items;
  }

  /** A whole number that is not negative, if there is one of that name. */
  Optional<Integer> count(Item.Fields fields, String name) {
    return switch (fields.byName().get(name)) {
      case null -> Optional.empty();
      case Item.Single(double value) when Double.isNaN(value) -> Optional.empty();
      case Item.Single(double value)
          when value >= 0 && value < MOST_TOKENS && value == Math.rint(value) ->
          Optional.of((int) value);
      default -> throw bad("its " + name + " is not a number from 0 on");
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  InputException bad(String what) {
    return new InputException(
        "%s cannot be converted: %s; write it again, or see unmask convert --help."
            .formatted(path, what));
  }

  /** Reading one can run any code, so none is read. */
  InputException pickle() {
    return new InputException(
        ("%s is a pickle, which can run code when it is read, so it is not; where you trust it,"
                + " write its lists as JSON with json.dump(torch.load(IN, map_location=\"cpu\"),"
                + " open(OUT, \"w\"), default=lambda t: t.tolist()) in Python (for an .npy or .npz:"
                + " numpy.load(IN, allow_pickle=True)), and convert that.")
            .formatted(path));
  }
}
