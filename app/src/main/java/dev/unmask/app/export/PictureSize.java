package dev.unmask.app.export;

import dev.unmask.engine.InputException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a picture is, and how large everything in it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param scale pixels to one unit of the painters, in each direction
 */
public record PictureSize(int width, int height, double scale) {
  /** A paper's column: 3.5 inches wide at 300 pixels an inch, in units of 1/96 inch. */
  private static final PictureSize COLUMN = new PictureSize(1050, 900, 300 / 96.0);

  /** Sizes with a name. In vector formats a unit is 1/96 inch. */
  public static final Map<String, PictureSize> PRESETS =
      new TreeMap<>(
          Map.of(
              "720p", new PictureSize(1280, 720, 1),
              "1080p", new PictureSize(1920, 1080, 1.5),
              "4k", new PictureSize(3840, 2160, 3),
              "square", new PictureSize(1080, 1080, 1.5),
              "column", COLUMN));

  private static final Pattern SIZE =
      Pattern.compile("(\\d{2,5})x(\\d{2,5})(?:@(\\d+(?:\\.\\d+)?))?");
  private static final int MOST = 16_384;
  private static final double MOST_SCALE = 16;

  /** Reads a preset's name, {@code WxH} or {@code WxH@SCALE}. */
  public static PictureSize parse(String text) {
    PictureSize preset = PRESETS.get(text.toLowerCase(Locale.ROOT));
    if (preset != null) {
      return preset;
    }
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      var size =
          new PictureSize(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              matcher.group(3) == null ? 1 : Double.parseDouble(matcher.group(3)));
      if (size.possible()) {
        return size;
      }
    }
    throw new InputException(
        "'%s' is not a size such as 1280x720, 2560x1440@2 or one of %s, of at most %d pixels a side and a scale of 0.1 to %.0f."
            .formatted(text, String.join(", ", PRESETS.keySet()), MOST, MOST_SCALE));
  }

  private boolean possible() {
    return width <= MOST && height <= MOST && scale >= 0.1 && scale <= MOST_SCALE;
  }

  /** Whether it is a paper's, where a caption says what a heading would, and type must be read. */
  boolean print() {
    return equals(COLUMN);
  }

  /** The width that painters see. */
  public int units() {
    return Math.max(1, (int) Math.ceil(width / scale - 1e-9));
  }

  /** The height that painters see. */
  public int unitsHigh() {
    return Math.max(1, (int) Math.ceil(height / scale - 1e-9));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String pixels = width + "x" + height;
    return scale == 1 ? pixels : pixels + "@" + shortest(scale);
  }

  private static String shortest(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
