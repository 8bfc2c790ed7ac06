package dev.unmask.app.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The colours of an animation in a format that has 256. The last is kept for what is transparent.
 * Found by median cut over sample pictures; each of its boxes is told by its most frequent colour,
 * so that the flat colours of a painting are exactly themselves.
 */
final class Palette {
  /** The index of what is not seen. */
  static final int NOTHING = 255;

  private static final int[] SHIFTS = {16, 8, 0};

  /** Bits of each channel that the nearest colours go by. */
  private static final int BITS = 6;

  private static final int FOUND_BITS = 14;

  private final int[] colours;

  /**
   * Colours that were asked for, each with its index in the lowest eight bits, where their hashes
   * say; a later one takes the place of an earlier. Threads may write at once: whatever is there is
   * right.
   */
  private final int[] found = new int[1 << FOUND_BITS];

  private Palette(int[] colours) {
    this.colours = colours;
    // A colour that hashes elsewhere is in no place; white is put where it hashes to.
    Arrays.fill(found, 0xFFFFFF << 8);
    found[place(0xFFFFFF)] = 0xFFFFFF << 8 | search(0xFFFFFF);
  }

  /** The best for pictures like these. */
  static Palette of(List<Picture> samples) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (Picture sample : samples) {
      count(sample, counts);
    }
    // In the order of the colours, so that it does not depend on how a map hashes them.
    List<Entry<Integer, Integer>> all = List.copyOf(new TreeMap<>(counts).entrySet());
    return new Palette(all.isEmpty() ? new int[] {0} : cut(all));
  }

  private static void count(Picture sample, Map<Integer, Integer> counts) {
    int[] pixels = sample.colours();
    for (int from = 0, to; from < pixels.length; from = to) {
      int colour = pixels[from];
      for (to = from + 1; to < pixels.length && pixels[to] == colour; ) {
        to++;
      }
      if (sample.opaque() || colour >>> 24 >= 128) {
        counts.merge(colour & 0xFFFFFF, to - from, Integer::sum);
      }
    }
  }

  private static int[] cut(List<Entry<Integer, Integer>> all) {
    List<Box> boxes = new ArrayList<>(List.of(Box.of(all)));
    while (boxes.size() < NOTHING) {
      Box widest = boxes.stream().max(Comparator.comparingDouble(Box::worth)).orElseThrow();
      if (widest.colours.size() == 1) {
        break;
      }
      boxes.remove(widest);
      boxes.addAll(widest.halves());
    }
    return boxes.stream().mapToInt(Box::mostFrequent).sorted().toArray();
  }

  /**
   * Colours that are near each other, and how often each is seen.
   *
   * @param worth how much is gained by cutting it: the wider and the more frequent, the more
   */
  private record Box(List<Entry<Integer, Integer>> colours, int widestChannel, double worth) {
    static Box of(List<Entry<Integer, Integer>> colours) {
      int[] extents = IntStream.of(SHIFTS).map(shift -> extent(colours, shift)).toArray();
      int widest = 0;
      for (int channel = 1; channel < SHIFTS.length; channel++) {
        widest = extents[channel] > extents[widest] ? channel : widest;
      }
      double worth = extents[widest] * Math.sqrt(Math.sqrt(weight(colours)));
      return new Box(colours, widest, worth);
    }

    private static int extent(List<Entry<Integer, Integer>> colours, int shift) {
      var range = colours.stream().mapToInt(e -> e.getKey() >> shift & 0xFF).summaryStatistics();
      return range.getMax() - range.getMin();
    }

    private static long weight(List<Entry<Integer, Integer>> colours) {
      return colours.stream().mapToLong(Entry::getValue).sum();
    }

    int mostFrequent() {
      return colours.stream().max(Entry.comparingByValue()).orElseThrow().getKey();
    }

    List<Box> halves() {
      int shift = SHIFTS[widestChannel];
      List<Entry<Integer, Integer>> sorted =
          colours.stream()
              .sorted(Comparator.comparingInt(e -> e.getKey() >> shift & 0xFF))
              .toList();
      int middle = middle(sorted);
      return List.of(of(sorted.subList(0, middle)), of(sorted.subList(middle, sorted.size())));
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
    int opaque = colour & 0xFFFFFF;
    int place = place(opaque);
    int known = found[place];
    if (known >>> 8 != opaque) {
      known = opaque << 8 | search(opaque);
      found[place] = known;
    }
    return (byte) known;
  }

  private static int place(int colour) {
    return colour * 0x9E3779B9 >>> Integer.SIZE - FOUND_BITS;
  }

  /** The colour itself if it is one of these, else the nearest to the middle of its cell. */
  private int search(int colour) {
    int exact = Arrays.binarySearch(colours, colour);
    if (exact >= 0) {
      return exact;
    }
    int drop = 8 - BITS;
    int cell = ((1 << BITS) - 1 << drop) * 0x010101;
    return nearest(colour & cell | (1 << drop - 1) * 0x010101);
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
