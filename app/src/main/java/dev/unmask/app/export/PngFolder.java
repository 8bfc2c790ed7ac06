package dev.unmask.app.export;

import dev.unmask.engine.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder with a PNG a frame, and the manifest in it. */
final class PngFolder extends ExportFormat {
  static final ExportFormat FORMAT = new PngFolder();

  private PngFolder() {
    super("", "a folder with a PNG a frame, NAME_0001.png and on");
  }

  @Override
  String words() {
    return "PNG, a frame each";
  }

  @Override
  int pictures(Clip clip) {
    return clip.frames();
  }

  @Override
  Path manifest(Path folder, String name) {
    return folder.resolve(name + ExportSettings.EXTENSION);
  }

  @Override
  void write(Export export, Path folder, Manifest manifest, boolean kept, ExportProgress progress) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
    // Claimed to the end, so that no other export writes among the pictures of this one.
    try (AtomicFile claimed = AtomicFile.claim(manifest(folder, export.name()))) {
      claimed.write(out -> out.write(manifest.bytes()));
      int digits = Math.max(4, Integer.toString(export.clip().frames()).length());
      String pattern = export.name() + "_%0" + digits + "d.png";
      List<Clip.Shot> missing =
          export.clip().shots().stream()
              .filter(shot -> !kept || !files(folder, pattern, shot).allMatch(Files::exists))
              .toList();
      export.encode(
          missing,
          (index, before, picture) -> Png.still(picture),
          (index, png) ->
              files(folder, pattern, missing.get(index))
                  .forEach(file -> AtomicFile.write(file, out -> out.write(png))),
          progress);
    } catch (IOException e) {
      throw AtomicFile.cannotWrite(folder, e);
    }
  }

  private static Stream<Path> files(Path folder, String pattern, Clip.Shot shot) {
    return IntStream.rangeClosed(shot.first() + 1, shot.first() + shot.frames())
        .mapToObj(number -> folder.resolve(pattern.formatted(number)));
  }
}
