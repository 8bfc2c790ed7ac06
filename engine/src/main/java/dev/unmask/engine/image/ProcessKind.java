package dev.unmask.engine.image;

import java.util.Optional;

/** The forward processes of images, as the user meets them. */
public enum ProcessKind {
  /** That of 2015, variance-preserving, α² falling evenly. */
  VP_EVEN("vp-even", new ImageProcess.EvenPreserving()),
  /** DDPM's, variance-preserving, β rising evenly. */
  VP_LINEAR("vp-linear", ImageProcess.LinearPreserving.USUAL),
  /** Variance-preserving, α a cosine. */
  VP_COSINE("vp-cosine", new ImageProcess.CosinePreserving()),
  /** Variance-exploding. */
  VE("ve", new ImageProcess.Exploding(0.01, 50)),
  /** Sub-VP. */
  SUB_VP("sub-vp", new ImageProcess.SubPreserving(ImageProcess.LinearPreserving.USUAL)),
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
}
