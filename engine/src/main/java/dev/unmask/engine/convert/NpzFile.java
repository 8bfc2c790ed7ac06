package dev.unmask.engine.convert;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive of NumPy arrays, as {@code numpy.savez} writes it. */
final class NpzFile {
  private static final String EXTENSION = ".npy";

  /**
   * Unpacked bytes that are read, at most: a small archive may hold more than there is room for.
   */
  private static final long LARGEST = NpyArray.MOST * Double.BYTES;

  private NpzFile() {}

  static Item.Fields read(ForeignFile file) throws IOException {
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      if (entries.stream().anyMatch(entry -> entry.getName().endsWith(".pkl"))) {
        throw file.pickle();
      }
      if (entries.stream().mapToDouble(ZipEntry::getSize).sum() > LARGEST) {
        throw file.bad("it unpacks to more than %d bytes, which no trace has".formatted(LARGEST));
      }
      SequencedMap<String, Item> arrays = new LinkedHashMap<>();
      long elements = 0;
      for (ZipEntry entry : entries) {
        if (!entry.getName().endsWith(EXTENSION)) {
          throw file.bad("it holds \"%s\", which is no NumPy array".formatted(entry.getName()));
        }
        Item array = array(file, zip, entry);
        elements += array.size();
        if (elements > NpyArray.MOST) {
          throw file.bad(
              "its arrays have more than %d elements, which no trace has".formatted(NpyArray.MOST));
        }
        arrays.put(
            entry.getName().substring(0, entry.getName().length() - EXTENSION.length()), array);
      }
      if (arrays.isEmpty()) {
        throw file.bad("it holds no array");
      }
      return new Item.Fields(arrays);
    } catch (ZipException | EOFException e) {
      throw file.bad("it is not a whole zip archive");
    }
  }

  private static Item array(ForeignFile file, ZipFile zip, ZipEntry entry) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
      String name = entry.getName();
      Item array = NpyArray.read(file, name, in, entry.getSize());
      if (sum.getValue() != entry.getCrc()) {
        throw file.bad("\"%s\" in it was changed after it was written".formatted(name));
      }
      return array;
    }
  }
}
