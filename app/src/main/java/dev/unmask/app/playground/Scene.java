package dev.unmask.app.playground;

import dev.unmask.engine.image.ImageProcess;
import dev.unmask.engine.playground.Mixture;
import dev.unmask.engine.playground.ParticlePaths;
import dev.unmask.engine.playground.ParticlePlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Particles on their paths, and the distribution that belongs to each point of them.
 *
 * @param fields by the point of the paths, of those that were computed
 */
public record Scene(ParticlePlan plan, ParticlePaths paths, Map<Integer, PlaneField> fields) {
  /** With no field computed yet. */
  public static Scene of(ParticlePlan plan) {
    return new Scene(plan, plan.paths(), Map.of());
  }

  /** With one field more: of the point that is nearest to one, of those that lack theirs. */
  public Scene grown(int near) {
    int next =
        IntStream.range(0, paths.times().length)
            .filter(point -> !fields.containsKey(point))
            .reduce((best, p) -> Math.abs(p - near) < Math.abs(best - near) ? p : best)
            .orElseThrow();
    Map<Integer, PlaneField> more = new HashMap<>(fields);
    more.put(next, PlaneField.of(data(), process(), paths.times()[next]));
    return new Scene(plan, paths, Map.copyOf(more));
  }

  /** Whether all fields are computed. */
  public boolean whole() {
    return fields.size() == paths.times().length;
  }

  /** The field of a point, once it is computed. */
  Optional<PlaneField> field(int point) {
    return Optional.ofNullable(fields.get(point));
  }

  Mixture data() {
    return plan.data().mixture();
  }

  ImageProcess process() {
    return plan.process().process();
  }
}
