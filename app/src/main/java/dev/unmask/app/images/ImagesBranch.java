package dev.unmask.app.images;

import dev.unmask.app.images.ImagesChoice.Chosen;
import dev.unmask.app.session.EditWords;
import dev.unmask.engine.checkpoint.Sha256;
import dev.unmask.engine.run.Branch;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a run of images goes on from one of its steps as another: with what the form has otherwise
 * than the run had there.
 *
 * @param sampler if it is another
 * @param settings that are others, the guidance among them
 * @param seed if it is another
 */
record ImagesBranch(
    int step, Optional<String> sampler, Map<String, String> settings, OptionalLong seed) {
  /** What was chosen against what was at a step. */
  static ImagesBranch of(Chosen chosen, TraceHeader header, int step) {
    Optional<Segment> before = header.segmentAt(step);
    boolean same = before.map(Segment::sampler).filter(chosen.sampler().name()::equals).isPresent();
    Map<String, Object> now = chosen.plan(header.images().labels().size()).settings().byName();
    return new ImagesBranch(
        step,
        same ? Optional.empty() : Optional.of(chosen.sampler().name()),
        EditWords.changed(same ? before.get().settings() : Map.of(), now),
        header.seedAt(step) == chosen.seed()
            ? OptionalLong.empty()
            : OptionalLong.of(chosen.seed()));
  }

  /** Whether it changes nothing. */
  boolean repeats() {
    return sampler.isEmpty() && settings.isEmpty() && seed.isEmpty();
  }

  /** What is changed, in a few words; empty if nothing is. */
  String words() {
    Map<String, String> changed = new LinkedHashMap<>();
    sampler.ifPresentOrElse(name -> changed.put("sampler", name), () -> changed.putAll(settings));
    seed.ifPresent(other -> changed.put("seed", Long.toString(other)));
    return String.join(
        ", ", changed.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  /** It, of the run that a file holds. */
  Branch of(Path parent) {
    return new Branch(
        new TraceHeader.Parent(Sha256.of(parent), step), step, List.of(), sampler, settings, seed);
  }
}
