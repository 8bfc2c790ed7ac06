package dev.unmask.app.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A page with everything in it that plays, scrubs and steps: each picture as the part that changed,
 * and now and then a whole one to start from.
 */
final class Html extends FileFormat {
  static final ExportFormat FORMAT = new Html();

  /** What durations are counted in. */
  private static final int TICKS = 1000;

  /** So many pictures from one whole one to the next. */
  private static final int STRIDE = 24;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Html() {
    super(".html", "one file that plays, scrubs and steps in a browser, offline");
  }

  @Override
  void write(Export export, AtomicFile file, ExportProgress progress) {
    file.write(out -> export.animate(new Page(out, export), progress));
  }

  /** A part of a picture, as a PNG. */
  private record Patch(Rectangle part, byte[] png) {}

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The page as it is written. */
  private static final class Page implements Animation<Patch> {
    private final OutputStream out;
    private final Clip clip;
    private boolean first = true;

    /** Writes what stands before the first picture. */
    Page(OutputStream out, Export export) throws IOException {
      this.out = out;
      clip = export.clip();
      ExportSettings settings = export.settings();
      PictureSize size = settings.size();
      String dark = settings.theme() == ExportTheme.DARK ? "dark" : "light";
      print(
          resource("player.html")
              .replace("${TITLE}", escaped(export.title()))
              .replace("${SCHEME}", dark)
              .replace("${WIDTH}", Integer.toString(size.width()))
              .replace("${HEIGHT}", Integer.toString(size.height()))
              .replace("${UNITS}", Integer.toString(size.units())));
      print("<script>\nconst shots = [");
    }

    @Override
    public Patch encode(int index, Picture before, Picture picture) {
      boolean whole = before == null || index % STRIDE == 0;
      Rectangle part = whole ? picture.all() : picture.changed(before);
      return new Patch(part, Png.part(picture, part));
    }

    @Override
    public void add(Patch patch, Clip.Shot shot) throws IOException {
      ObjectNode node = JSON.createObjectNode();
      node.put("step", shot.step());
      node.put("ms", clip.ticks(shot, TICKS));
      node.put("x", patch.part.x);
      node.put("y", patch.part.y);
      node.put("png", Base64.getEncoder().encodeToString(patch.png));
      print((first ? "\n" : ",\n") + JSON.writeValueAsString(node));
      first = false;
    }

    @Override
    public void finish() throws IOException {
      print("\n];\nconst stride = " + STRIDE + ";\n" + resource("player.js"));
      print("</script>\n</body>\n</html>\n");
    }

    private void print(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
