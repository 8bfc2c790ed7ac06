package dev.unmask.app.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an export comes to, told before it is asked where it is to go. */
final class ExportFacts {
  private ExportFacts() {}

  /** Its frames and seconds, or its step, and its extent. */
  static String words(ExportSettings settings, ExportFormat format, Exhibit exhibit) {
    List<String> facts = new ArrayList<>();
    Clip clip = Clip.of(settings, exhibit.recorded());
    if (format.still() || clip.shots().size() == 1) {
      facts.add("step " + exhibit.step());
    }
    if (!format.still()) {
      int frames = clip.frames();
      facts.add(frames == 1 ? "1 frame" : frames + " frames");
    }
    if (!format.still() && clip.frames() > 1) {
      facts.add(seconds(clip.frames() / settings.fps()));
      facts.add(seconds(1 / (settings.pace() * settings.fps())) + " a step");
    }
    facts.add(format.extent(settings.size()));
    String words = String.join(" · ", facts);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String seconds(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.2f s", seconds)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
