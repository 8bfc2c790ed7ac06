package dev.unmask.engine.corruption;

/**
 * What came of a text that was corrupted and denoised again, in numbers of tokens.
 *
 * @param kept were never corrupted, and are as they were
 * @param returned were corrupted, and came back
 * @param changed are others than they were
 */
public record Restoration(int kept, int returned, int changed) {
  /** Of three sequences of one length. */
  public static Restoration of(int[] original, int[] corrupted, int[] result) {
    int kept = 0;
    int returned = 0;
    for (int i = 0; i < original.length; i++) {
      boolean back = result[i] == original[i];
      kept += back && corrupted[i] == original[i] ? 1 : 0;
      returned += back && corrupted[i] != original[i] ? 1 : 0;
    }
    return new Restoration(kept, returned, original.length - kept - returned);
  }

  /** In one line. */
  public String sentence() {
    return "%d of %d tokens kept, %d came back, %d changed."
        .formatted(kept, kept + returned + changed, returned, changed);
  }
}
