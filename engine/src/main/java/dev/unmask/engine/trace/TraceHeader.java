package dev.unmask.engine.trace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What was run, as it stands in a trace's metadata.
 *
 * @param vocabulary the text of each token, by id
 * @param noise the noise process, {@code absorbing} for masked diffusion
 * @param random {@code philox}, {@code torch} or {@code none}
 * @param segments stretches of steps with one sampler and one setting; the first starts at step 0
 * @param parent the trace that this one branched from
 * @param source for an imported trace, what it was imported from
 * @param version of the program that wrote it
 */
public record TraceHeader(
    List<String> vocabulary,
    Model model,
    int maskId,
    int length,
    String noise,
    String random,
    long seed,
    List<Segment> segments,
    Optional<Parent> parent,
    Optional<String> source,
    String version) {
  /** A token's text, or # and its id where the vocabulary does not hold it. */
  public String text(int token) {
    return token >= 0 && token < vocabulary.size() ? vocabulary.get(token) : "#" + token;
  }

  /** Whether another program made it, so that only what it says itself is known. */
  public boolean foreign() {
    return source.isPresent() || segments.isEmpty();
  }

  /**
   * The denoiser.
   *
   * @param sha256 of its weights, in lower-case hexadecimal
   */
  public record Model(String name, String sha256) {}

  /**
   * One sampler and one setting.
   *
   * @param settings every setting by name: a Boolean, Integer, Double or String
   * @param samplerSha256 of the sampler's source, in lower-case hexadecimal, if it is somebody's
   *     own and was recorded
   */
  public record Segment(
      int fromStep,
      String sampler,
      Map<String, Object> settings,
      List<Edit> edits,
      Optional<String> samplerSha256) {
    /** Of a built-in sampler, or one of which no more is known. */
    public Segment(int fromStep, String sampler, Map<String, Object> settings, List<Edit> edits) {
      this(fromStep, sampler, settings, edits, Optional.empty());
    }
  }

  /**
   * What the user did at the start of a segment.
   *
   * @param position from 0; −1 for a ban everywhere
   * @param token that was set, or kept, or banned
   */
  public record Edit(Kind kind, int position, int token) {
    /** Of an edit. */
    public enum Kind {
      /** The token was put there, and is free again: the mask remasks. */
      SET,
      /** The token stays. */
      PIN,
      /** The token may not be predicted there, for as long as the segment lasts. */
      BAN;

      /** As traces write it. */
      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /** A token put somewhere. */
    public static Edit set(int position, int token) {
      return new Edit(Kind.SET, position, token);
    }
  }

  /** A branch's origin. */
  public record Parent(String sha256, int step) {}
}
