package dev.unmask.app.export.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Colouring;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.picture.View;
import dev.unmask.app.theme.Theme;
import dev.unmask.app.tokens.canvas.CanvasPainter;
import dev.unmask.app.tokens.timeline.TimelinePainter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class VectorPictureTest {
  @Test
  void anSvgKeepsItsTextAsText() throws Exception {
    Element svg = parsed(canvas("A <title> & more").svg());
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 640 400");
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("A <title> & more");
    NodeList texts = svg.getElementsByTagName("text");
    assertThat(IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()))
        .contains("CANVAS", "Once", "·time", "·שלום");
  }

  @Test
  void charactersThatXmlForbidsAreWrittenAsTheirPictures() throws Exception {
    var frame = Frame.of(new HandMade(0, "\u0007", "a\uD800"), 400, 200);
    Element svg = parsed(new VectorPicture<>(new CanvasPainter(), frame, Theme.DARK, "").svg());
    NodeList texts = svg.getElementsByTagName("text");
    assertThat(IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()))
        .contains("␇", "a\uFFFD");
  }

  @Test
  void everyObjectOfAPdfIsWhereItsTableSays() {
    String pdf = new String(canvas("Title").pdf(), StandardCharsets.ISO_8859_1);
    assertThat(pdf).contains("/MediaBox [0 0 480 300 ]").contains("/Subtype /CIDFontType2");
    int table =
        Integer.parseInt(
            pdf.substring(pdf.indexOf("startxref") + 10).lines().findFirst().orElseThrow());
    Matcher entry = Pattern.compile("(\\d{10}) 00000 n ").matcher(pdf.substring(table));
    int number = 0;
    while (entry.find()) {
      number++;
      assertThat(pdf.substring(Integer.parseInt(entry.group(1)))).startsWith(number + " 0 obj\n");
    }
    assertThat(number).isGreaterThan(10);
    assertThat(pdf).contains("/Size " + (number + 1));
  }

  @Test
  void aMapIsAPictureWithinTheDocument() throws Exception {
    var frame =
        Frame.of(HandMade.history(), 5).sized(640, 400).viewed(View.WHOLE.in(Colouring.CONFIDENCE));
    var map = new VectorPicture<>(new TimelinePainter(), frame, Theme.LIGHT, "");
    assertThat(parsed(map.svg()).getElementsByTagName("image").getLength()).isEqualTo(1);
    assertThat(new String(map.pdf(), StandardCharsets.ISO_8859_1)).contains("/P0 ", "/SMask");
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(canvas("").svg()).isEqualTo(canvas("").svg());
    assertThat(canvas("").pdf()).isEqualTo(canvas("").pdf());
  }

  @Test
  void numbersAreShort() {
    assertThat(Outlines.numbers(1, 0.5, -0.25, -0.0001, 12.3456))
        .isEqualTo("1 0.5 -0.25 0 12.346 ");
  }

  private static VectorPicture<Frame> canvas(String title) {
    var frame = Frame.of(HandMade.history(), 5).sized(640, 400);
    return new VectorPicture<>(new CanvasPainter(), frame, Theme.DARK, title);
  }

  private static Element parsed(byte[] svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }
}
