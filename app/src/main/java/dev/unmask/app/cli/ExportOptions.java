package dev.unmask.app.cli;

import dev.unmask.app.export.Easing;
import dev.unmask.app.export.ExportFormat;
import dev.unmask.app.export.ExportOption;
import dev.unmask.app.export.ExportSettings;
import dev.unmask.app.export.ExportTheme;
import dev.unmask.app.export.ExportView;
import dev.unmask.app.export.PictureSize;
import dev.unmask.app.picture.Colouring;
import dev.unmask.engine.InputException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The settings of an export as options; what is not given is as in --like, or as by default. */
final class ExportOptions {
  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "Settings of an earlier export: the .unmask-export.json beside it. Other options go"
              + " before.")
  private Path like;

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      description = "${COMPLETION-CANDIDATES} (default BOTH).")
  private ExportView view;

  @Option(
      names = "--map",
      paramLabel = "MAP",
      description = "What colours tell: ${COMPLETION-CANDIDATES} (default STATE).")
  private Colouring map;

  @Option(
      names = "--theme",
      paramLabel = "THEME",
      description = "${COMPLETION-CANDIDATES} (default DARK).")
  private ExportTheme theme;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "In pixels, WxH or WxH@SCALE, or 720p, 1080p, 4k, square, column: a paper's (default"
              + " 720p).")
  private PictureSize size;

  @Option(
      names = "--from",
      converter = OptionValues.FromZero.class,
      paramLabel = "A",
      description = "First step (default 0).")
  private Integer from;

  @Option(
      names = "--to",
      converter = OptionValues.FromZero.class,
      paramLabel = "B",
      description = "Last step (default: the trace's last).")
  private Integer to;

  @Option(
      names = "--step",
      converter = OptionValues.FromZero.class,
      paramLabel = "S",
      description = "One step, in place of a range.")
  private Integer step;

  @Option(
      names = "--pace",
      paramLabel = "N",
      description = "Steps a frame; at 0.25 a step lasts for four frames (default 1).")
  private Double pace;

  @Option(names = "--fps", paramLabel = "F", description = "Frames a second (default 4).")
  private Double fps;

  @Option(
      names = "--hold",
      paramLabel = "S",
      description = "Seconds that the first and the last frame stay longer (default 0).")
  private Double hold;

  @Option(
      names = "--easing",
      paramLabel = "EASING",
      description =
          "How a step turns into the next where it lasts for several frames:"
              + " ${COMPLETION-CANDIDATES} (default NONE).")
  private Easing easing;

  @Option(names = "--title", paramLabel = "TEXT", description = "Above the picture.")
  private String title;

  @Option(names = "--caption", paramLabel = "TEXT", description = "Below the picture.")
  private String caption;

  @Option(
      names = "--no-legend",
      negatable = true,
      defaultValue = Option.NULL_VALUE,
      description = "Leaves away what the colours mean.")
  private Boolean noLegend;

  /**
   * What they come to.
   *
   * @throws InputException if the format has no use for one that was given
   */
  ExportSettings settings(ExportFormat format) {
    if (step != null && (from != null || to != null)) {
      throw new InputException(
          "--step is one step, and --from and --to are a range; give one or the other.");
    }
    ExportSettings settings = settings();
    asked().forEach(option -> refuse(option, option.idle(format, step != null, settings.pace())));
    return step == null ? settings : settings.only(step);
  }

  private static void refuse(ExportOption option, String why) {
    if (!why.isEmpty()) {
      throw new InputException(
          "%s is not used, since %s; leave it away.".formatted(option.option(), why));
    }
  }

  /** Those that not every export has a use for; the last step is the one that a picture shows. */
  private List<ExportOption> asked() {
    Map<ExportOption, Object> values = new EnumMap<>(ExportOption.class);
    values.put(ExportOption.FROM, from);
    values.put(ExportOption.PACE, pace);
    values.put(ExportOption.FPS, fps);
    values.put(ExportOption.HOLD, hold);
    values.put(ExportOption.EASING, easing);
    values.values().removeIf(Objects::isNull);
    return List.copyOf(values.keySet());
  }

  private ExportSettings settings() {
    ExportSettings base = like == null ? ExportSettings.DEFAULT : ExportSettings.read(like);
    return new ExportSettings(
        given(view, base.view()),
        given(map, base.map()),
        given(theme, base.theme()),
        given(size, base.size()),
        given(from, base.from()),
        to == null ? base.to() : OptionalInt.of(to),
        given(pace, base.pace()),
        given(fps, base.fps()),
        given(hold, base.hold()),
        given(easing, base.easing()),
        given(title, base.title()),
        given(caption, base.caption()),
        noLegend == null ? base.legend() : !noLegend);
  }

  private static <T> T given(T value, T otherwise) {
    return Optional.ofNullable(value).orElse(otherwise);
  }

  /** Reads a size. */
  static final class SizeConverter implements ITypeConverter<PictureSize> {
    @Override
    public PictureSize convert(String text) {
      return PictureSize.parse(text);
    }
  }
}
