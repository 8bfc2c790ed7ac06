package dev.unmask.engine.playground;

import dev.unmask.engine.image.ImageProcess;

/** Forward processes, with the settings that suit a plane whose data has variance 1. */
public enum PlaneProcess {
  /** Variance-preserving, β rising evenly. */
  VP_LINEAR("VP, linear", ImageProcess.LinearPreserving.USUAL),
  /** Variance-preserving, α a cosine. */
  VP_COSINE("VP, cosine", new ImageProcess.CosinePreserving()),
  /** Variance-exploding. */
  VE("VE", new ImageProcess.Exploding(0.01, 8)),
  /** Whose variance stays below that of VP. */
  SUB_VP("sub-VP", new ImageProcess.SubPreserving(ImageProcess.LinearPreserving.USUAL)),
  /** Straight lines from data to noise. */
  FLOW("flow matching", new ImageProcess.Flow());

  private final String title;
  private final ImageProcess process;

  PlaneProcess(String title, ImageProcess process) {
    this.title = title;
    this.process = process;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** α and σ over time. */
  public ImageProcess process() {
    return process;
  }
}
