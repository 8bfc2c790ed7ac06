package dev.unmask.app.playground;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.playground.ParticlePlan;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.playground.PlaneProcess;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanePainterTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @ParameterizedTest
  @CsvSource({
    "dark, SWISS_ROLL, VP_LINEAR, 0",
    "light, SWISS_ROLL, VP_LINEAR, 2",
    "dark, TWO_MOONS, VE, 3",
    "light, RINGS, FLOW, 1",
    "dark, INK, VP_COSINE, 2"
  })
  void paintsThePlaneAsItAlwaysDid(String theme, PlaneData data, PlaneProcess process, int point)
      throws IOException {
    Scene scene = Scene.of(new ParticlePlan(data, process, 120, 5, 3)).grown(point);
    var view = new PlaneView(scene, point, 3, EnumSet.allOf(Layer.class));
    var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB_PRE);
    var sheet = new Sheet<>(view, WIDTH, HEIGHT);
    new PlanePainter().paint(picture, sheet, theme.equals("dark") ? Theme.DARK : Theme.LIGHT, 1);
    Golden.check("plane-" + data.title().replace(" ", "-") + "-" + point, picture);
  }
}
