package dev.unmask.engine.check;

import dev.unmask.engine.trace.TraceHeader.Segment;
import java.util.Map;

/** What a trace's settings say of how tokens are drawn. */
final class Temperature {
  private Temperature() {}

  /** That of a step's sampler; NaN if it is not told. */
  static double of(Moment moment) {
    return number(settings(moment), "temperature", Double.NaN);
  }

  /** The same; 1 where none is told or nothing is drawn. */
  static double drawnAt(Moment moment) {
    double told = of(moment);
    return told > 0 ? told : 1;
  }

  /** Whether less probable tokens are never drawn, so that what is drawn cannot be foretold. */
  static boolean cuts(Moment moment) {
    Map<String, Object> settings = settings(moment);
    return number(settings, "top-p", 1) < 1
        || number(settings, "top_p", 1) < 1
        || number(settings, "nucleus", 1) < 1
        || number(settings, "top-k", 0) > 0
        || number(settings, "top_k", 0) > 0;
  }

  private static Map<String, Object> settings(Moment moment) {
    return moment
        .trace()
        .header()
        .segmentAt(moment.index())
        .map(Segment::settings)
        .orElse(Map.of());
  }

  private static double number(Map<String, Object> settings, String name, double fallback) {
    return settings.get(name) instanceof Number number ? number.doubleValue() : fallback;
  }
}
