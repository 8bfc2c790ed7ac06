import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks (--check) or mends (--replace) the formatting of every Java file under the folders given.
 */
class Format {
  void main(String[] args) throws IOException, FormatterException {
    boolean replace = args[0].equals("--replace");
    int wrong = 0;
    for (String folder : List.of(args).subList(1, args.length)) {
      for (Path file : javaFiles(Path.of(folder))) {
        String source = Files.readString(file);
        String formatted = format(source);
        if (formatted.equals(source)) {
          continue;
        }
        if (replace) {
          Files.writeString(file, formatted);
        } else {
          IO.println("not formatted: " + file);
          wrong++;
        }
      }
    }
    if (wrong > 0) {
      IO.println(wrong + " files: mvn -Pformat verify -DskipTests mends them");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("target"))
          .sorted()
          .toList();
    }
  }

  private static String format(String source) throws FormatterException {
    String imports =
        ImportOrderer.reorderImports(
            RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(imports);
  }
}
