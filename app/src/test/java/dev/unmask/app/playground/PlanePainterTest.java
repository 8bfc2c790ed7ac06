package dev.unmask.app.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.app.export.Golden;
import dev.unmask.app.picture.Sheet;
import dev.unmask.app.theme.Theme;
import dev.unmask.engine.noise.gaussian.ProcessKind;
import dev.unmask.engine.playground.ParticlePlan;
import dev.unmask.engine.playground.ParticleWay;
import dev.unmask.engine.playground.PlaneData;
import dev.unmask.engine.sampler.ImageSamplers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
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
  void paintsThePlaneAsItAlwaysDid(String theme, PlaneData data, ProcessKind process, int point)
      throws IOException {
    Scene scene =
        Scene.of(new ParticlePlan(data, new ParticleWay.Noising(process, 5), 120, 3)).grown(point);
    var view = new PlaneView(scene, point, 3, EnumSet.allOf(Layer.class));
    var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB_PRE);
    var sheet = new Sheet<>(view, WIDTH, HEIGHT);
    new PlanePainter().paint(picture, sheet, theme.equals("dark") ? Theme.DARK : Theme.LIGHT, 1);
    Golden.check("plane-" + data.title().replace(" ", "-") + "-" + point, picture);
  }

  @Test
  void paintsWhatASamplerBroughtBackAsItAlwaysDid() throws IOException {
    var way = new ParticleWay.Sampling(ImageSamplers.named("ddim"), Map.of("steps", "12"));
    Scene scene = Scene.of(new ParticlePlan(PlaneData.SWISS_ROLL, way, 120, 3)).grown(12);
    var view = new PlaneView(scene, 12, 5, EnumSet.of(Layer.CONTOURS, Layer.PATHS));
    var picture = new BufferedImage(WIDTH, HEIGHT + 120, BufferedImage.TYPE_INT_ARGB_PRE);
    new PlanePainter()
        .paint(
            picture.getSubimage(0, 0, WIDTH, HEIGHT),
            new Sheet<>(view, WIDTH, HEIGHT),
            Theme.DARK,
            1);
    new NoiseCurvesPainter()
        .paint(
            picture.getSubimage(0, HEIGHT, WIDTH, 120),
            new Sheet<>(view, WIDTH, 120),
            Theme.DARK,
            1);
    Golden.check("plane-sampled", picture);
  }

  @Test
  void aPlaceOfThePictureIsOneOfThePlane() {
    Scene scene =
        Scene.of(
            new ParticlePlan(PlaneData.INK, new ParticleWay.Noising(ProcessKind.VE, 2), 20, 1));
    var view = new PlaneView(scene, 2, -1, Set.of());
    Projection projection = view.in(300, 500);
    assertThat(projection.planeX(projection.x(7))).isCloseTo(7, within(1e-9));
    assertThat(projection.planeY(projection.y(-3))).isCloseTo(-3, within(1e-9));
    assertThat(projection.frame().getWidth()).isEqualTo(300);
    double x = projection.x(view.x(4));
    double y = projection.y(view.y(4));
    assertThat(view.particleAt(x + 1, y, 300, 500)).isEqualTo(4);
    assertThat(view.particleAt(-40, -40, 300, 500)).isEqualTo(-1);
  }
}
