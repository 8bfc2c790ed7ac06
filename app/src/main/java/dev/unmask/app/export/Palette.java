package dev.unmask.app.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * The colours of an animation in a format that has 256. The last is kept for what is transparent.
 * Found by median cut over sample pictures; each of its boxes is told by its most frequent colour,
 * so that the flat colours of a painting are exactly themselves.
 */
final class Palette {
  /** The index of what is not seen. */
  static final int NOTHING = 255;

  private static final int[] SHIFTS = {16, 8, 0};

  /** Bits of each channel that the table of the nearest colours goes by. */
  private static final int BITS = 6;

  private final int[] colours;
  private final Map<Integer, Byte> exact = new HashMap<>();
  private final byte[] nearest = new byte[1 << 3 * BITS];

  private Palette(int[] colours) {
    this.colours = colours;
    for (int i = 0; i < colours.length; i++) {
      exact.put(colours[i], (byte) i);
    }
    int spread = 8 - BITS;
    int mask = (1 << BITS) - 1;
    for (int cell = 0; cell < nearest.length; cell++) {
      int half = 1 << spread - 1;
      int red = (cell >> 2 * BITS & mask) << spread | half;
      int green = (cell >> BITS & mask) << spread | half;
      int blue = (cell & mask) << spread | half;
      nearest[cell] = (byte) nearest(red << 16 | green << 8 | blue);
    }
  }

  /** The best for pictures like these. */
  static Palette of(List<Picture> samples) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (Picture sample : samples) {
      for (int colour : sample.colours()) {
        if (sample.opaque() || colour >>> 24 >= 128) {
          counts.merge(colour & 0xFFFFFF, 1, Integer::sum);
        }
      }
    }
    // In the order of the colours, so that it does not depend on how a map hashes them.
    List<Entry<Integer, Integer>> all = List.copyOf(new TreeMap<>(counts).entrySet());
    return new Palette(all.isEmpty() ? new int[] {0} : cut(all));
  }

  private static int[] cut(List<Entry<Integer, Integer>> all) {
    List<List<Entry<Integer, Integer>>> boxes = new ArrayList<>(List.of(all));
    while (boxes.size() < NOTHING) {
      List<Entry<Integer, Integer>> widest =
          boxes.stream().max(Comparator.comparingDouble(Palette::worth)).orElseThrow();
      if (widest.size() == 1) {
        break;
      }
      boxes.remove(widest);
      int shift = SHIFTS[widestChannel(widest)];
      List<Entry<Integer, Integer>> sorted =
          widest.stream().sorted(Comparator.comparingInt(e -> e.getKey() >> shift & 0xFF)).toList();
      int middle = middle(sorted);
      boxes.add(sorted.subList(0, middle));
      boxes.add(sorted.subList(middle, sorted.size()));
    }
    return boxes.stream()
        .mapToInt(box -> box.stream().max(Entry.comparingByValue()).orElseThrow().getKey())
        .sorted()
        .toArray();
  }

  /** How much is gained by cutting: the wider and the more frequent, the more. */
  private static double worth(List<Entry<Integer, Integer>> box) {
    return extent(box, widestChannel(box)) * Math.sqrt(Math.sqrt(weight(box)));
  }

  private static long weight(List<Entry<Integer, Integer>> box) {
    return box.stream().mapToLong(Entry::getValue).sum();
  }

  private static int widestChannel(List<Entry<Integer, Integer>> box) {
    int widest = 0;
    for (int channel = 1; channel < SHIFTS.length; channel++) {
      widest = extent(box, channel) > extent(box, widest) ? channel : widest;
    }
    return widest;
  }

  private static int extent(List<Entry<Integer, Integer>> box, int channel) {
    var range =
        box.stream().mapToInt(e -> e.getKey() >> SHIFTS[channel] & 0xFF).summaryStatistics();
    return range.getMax() - range.getMin();
  }

  /** Where half of the pixels are; at least one colour stays on each side. */
  private static int middle(List<Entry<Integer, Integer>> sorted) {
    double half = weight(sorted) / 2.0;
    int index = 0;
    for (long sum = 0; index < sorted.size() - 1 && sum < half; index++) {
      sum += sorted.get(index).getValue();
    }
    return Math.max(1, index);
  }

  private int nearest(int colour) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      int distance = 0;
      for (int shift : SHIFTS) {
        int difference = (colours[i] >> shift & 0xFF) - (colour >> shift & 0xFF);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  /** The index of a colour. */
  byte index(int colour) {
    Byte known = exact.get(colour & 0xFFFFFF);
    if (known != null) {
      return known;
    }
    int drop = 8 - BITS;
    int mask = (1 << BITS) - 1;
    int red = colour >> 16 + drop & mask;
    int green = colour >> 8 + drop & mask;
    int blue = colour >> drop & mask;
    return nearest[red << 2 * BITS | green << BITS | blue];
  }

  /** Red, green and blue of each index. */
  byte[] bytes() {
    byte[] bytes = new byte[3 * 256];
    int[] all = Arrays.copyOf(colours, 256);
    for (int i = 0; i < all.length; i++) {
      bytes[3 * i] = (byte) (all[i] >> 16);
      bytes[3 * i + 1] = (byte) (all[i] >> 8);
      bytes[3 * i + 2] = (byte) all[i];
    }
    return bytes;
  }
}
