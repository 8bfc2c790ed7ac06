import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fails where a library ships of which the notice says nothing: Notices NOTICE LIBRARIES. */
class Notices {
  /** A version begins with a digit: what stands before it names the library. */
  private static final Pattern VERSION = Pattern.compile("-\\d+\\..*");

  void main(String[] args) throws IOException {
    String notice = Files.readString(Path.of(args[0]));
    try (Stream<Path> libraries = Files.list(Path.of(args[1]))) {
      List<String> unnamed =
          libraries
              .map(file -> VERSION.matcher(file.getFileName().toString()).replaceFirst(""))
              .distinct()
              .filter(name -> !notice.contains("`" + name + "`"))
              .sorted()
              .toList();
      if (!unnamed.isEmpty()) {
        throw new IOException(
            "%s says nothing of %s; name each, its licence and where it is from."
                .formatted(args[0], String.join(", ", unnamed)));
      }
    }
  }
}
