package dev.unmask.engine.noise.gaussian;

import dev.unmask.engine.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forward processes of images, as the user meets them. */
public enum ProcessKind {
  /** That of 2015, variance-preserving, α² falling evenly. */
  VP_EVEN("vp-even", new ImageProcess.VpEven()),
  /** DDPM's, variance-preserving, β rising evenly. */
  VP_LINEAR("vp-linear", ImageProcess.VpLinear.USUAL),
  /** Variance-preserving, α a cosine. */
  VP_COSINE("vp-cosine", new ImageProcess.VpCosine()),
  /** Variance-exploding. */
  VE("ve", new ImageProcess.Ve(0.01, 50)),
  /** Sub-VP. */
  SUB_VP("sub-vp", new ImageProcess.SubVp(ImageProcess.VpLinear.USUAL)),
  /** Straight lines from image to noise. */
  FLOW("flow", new ImageProcess.Flow()),
  /** Pixels that are black. */
  MASKING("masking", null);

  private final String word;
  private final ImageProcess gaussian;

  ProcessKind(String word, ImageProcess gaussian) {
    this.word = word;
    this.gaussian = gaussian;
  }

  /** As traces and settings write it. */
  public String word() {
    return word;
  }

  /** The process in continuous time, if its noise is Gaussian. */
  public Optional<ImageProcess> gaussian() {
    return Optional.ofNullable(gaussian);
  }

  /**
   * What it has done to clean images.
   *
   * @param t in [0, 1], the share of the pixels that are black where it masks them
   */
  public Corruption at(double t) {
    return gaussian == null ? new Corruption.Masking(t) : gaussian.at(t);
  }

  /**
   * The process of that name.
   *
   * @throws InputException if there is none
   */
  public static ProcessKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "There is no noise '%s' of images; there is %s."
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(ProcessKind::word)
                                .collect(Collectors.joining(", ")))));
  }
}
