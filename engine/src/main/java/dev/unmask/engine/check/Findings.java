package dev.unmask.engine.check;

import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What all checks found in a run, to be listed.
 *
 * @param steps how many were looked at
 * @param all by step; of two checks that say the same of a step, what the first says
 */
public record Findings(int steps, List<Finding> all) {
  /** Where a step is said the same of twice, once. */
  static Findings of(int steps, List<Finding> found) {
    Map<String, Finding> first = new LinkedHashMap<>();
    found.forEach(finding -> first.putIfAbsent(finding.line(), finding));
    return new Findings(steps, List.copyOf(first.values()));
  }

  /** Of a run of images. */
  public static Findings ofImages(Trace<BatchState, ImageRecord> trace) {
    List<Check.Watch<Check.Picture>> watches = Checks.ALL.stream().map(Check::images).toList();
    List<Finding> found = new ArrayList<>();
    for (int index = 0; index < trace.steps(); index++) {
      var picture = new Check.Picture(trace, index);
      watches.forEach(watch -> found.addAll(watch.after(picture)));
    }
    return of(trace.steps(), found);
  }

  /** Those of one check. */
  public List<Finding> of(Check check) {
    return all.stream().filter(finding -> finding.check().equals(check.name())).toList();
  }

  /** A line for each, by step; of one check at most so many, and how many more there are. */
  public List<String> lines(int most) {
    Map<String, Integer> told = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (Finding finding : all) {
      if (told.merge(finding.check(), 1, Integer::sum) <= most) {
        lines.add(finding.line());
      }
    }
    Stream<String> more =
        told.entrySet().stream()
            .filter(count -> count.getValue() > most)
            .map(count -> "%s: %d more".formatted(count.getKey(), count.getValue() - most));
    return Stream.concat(lines.stream(), more).toList();
  }
}
