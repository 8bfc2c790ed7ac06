import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the start scripts into a folder: Install FROM TO JDK JVM-FLAGS ENVIRONMENT, run by the JDK
 * that they shall prefer. An archive of classes that they used before goes.
 */
class Install {
  void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Files.createDirectories(Path.of(args[1]));
    Files.deleteIfExists(to.resolveSibling("lib").resolve("unmask.jsa"));
    for (String name : List.of("unmask", "unmask.bat")) {
      String script =
          Files.readString(from.resolve(name))
              .replace("@java.home@", System.getProperty("java.home"))
              .replace("@java.version@", System.getProperty("java.version"))
              .replace("@jdk@", args[2])
              .replace("@jvm.flags@", args[3])
              .replace("@environment@", name.endsWith(".bat") ? lines(args[4]) : args[4]);
      Path target = to.resolve(name);
      Files.writeString(target, script);
      if (!target.toFile().setExecutable(true)) {
        throw new IOException(target + " cannot be made executable.");
      }
    }
  }

  /** Windows sets one variable a line. */
  private static String lines(String variables) {
    return variables.replace(" ", System.lineSeparator() + "set ");
  }
}
