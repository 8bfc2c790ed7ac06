package dev.unmask.app.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A picture's width and height in pixels, as people write them: 1280x720. */
record PictureSize(int width, int height) {
  private static final Pattern SIZE = Pattern.compile("(\\d{2,5})x(\\d{2,5})");
  private static final int MOST = 16_384;

  /** Reads WxH. */
  static final class Converter implements ITypeConverter<PictureSize> {
    @Override
    public PictureSize convert(String text) {
      Matcher matcher = SIZE.matcher(text);
      if (matcher.matches()) {
        var size =
            new PictureSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (size.width <= MOST && size.height <= MOST) {
          return size;
        }
      }
      throw new TypeConversionException(
          "'%s' is not a size such as 1280x720, of at most %d pixels a side".formatted(text, MOST));
    }
  }
}
