package dev.unmask.engine.families;

import dev.unmask.engine.sampler.api.SettingException;
import java.util.List;
import java.util.stream.Collectors;

/** The families that there are. */
public final class Families {
  /** In the order of the tree, from above. */
  public static final List<Family> ALL =
      List.of(
          Gaussian.FAMILY,
          AutoregressiveModel.FAMILY,
          Flow.FAMILY,
          FlowMatching.FAMILY,
          Vae.FAMILY,
          Diffusion.FAMILY,
          DiscreteDiffusion.FAMILY,
          Gan.FAMILY,
          Energy.FAMILY,
          ScoreMatching.FAMILY,
          ConsistencyModel.FAMILY);

  private Families() {}

  /**
   * The family of that name.
   *
   * @throws SettingException if there is none
   */
  public static Family named(String name) {
    return ALL.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    "family",
                    "There is no family '%s'; there are %s."
                        .formatted(
                            name,
                            ALL.stream().map(Family::name).collect(Collectors.joining(", ")))));
  }
}
