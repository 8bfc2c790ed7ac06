package dev.unmask.engine.trace;

import dev.unmask.engine.tensor.Kernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was run, as it stands in a trace's metadata.
 *
 * @param content what the states are
 * @param noise the noise process, {@code absorbing} for masked diffusion
 * @param random {@code philox}, {@code torch} or {@code none}
 * @param segments stretches of steps with one sampler and one setting; the first starts at step 0;
 *     none where nothing was sampled, as in a forward trace
 * @param parent the trace that this one branched from
 * @param source for an imported trace, what it was imported from; for images, where those came from
 *     that the run started with, if not from noise
 * @param version of the program that wrote it, and of its kernels if they computed it
 */
public record TraceHeader(
    Model model,
    Content content,
    String noise,
    String random,
    long seed,
    List<Segment> segments,
    Optional<Parent> parent,
    Optional<String> source,
    String version) {
  /** Of this program. */
  public static final String VERSION = "0.1.0";

  /** Of this program and its kernels, as a trace tells them where nothing else computed. */
  public static final String WRITER = VERSION + "+kernels." + Kernels.VERSION;

  /** What the states of a run are. */
  public sealed interface Content {}

  /**
   * Sequences of tokens.
   *
   * @param vocabulary the text of each token, by id
   * @param candidates K, how many of the most probable tokens are kept at every position
   */
  public record Tokens(List<String> vocabulary, int maskId, int length, int candidates)
      implements Content {
    /** A token's text, or # and its id where the vocabulary does not hold it. */
    public String text(int token) {
      return token >= 0 && token < vocabulary.size() ? vocabulary.get(token) : "#" + token;
    }
  }

  /**
   * Batches of images.
   *
   * @param labels the class of each image; none where the model knows no classes
   */
  public record Images(BatchShape shape, List<Integer> labels) implements Content {}

  /**
   * A model that learns; the trace's model is its family.
   *
   * @param data the word of what it learns
   * @param steps of training in all, over which its states are evenly spread
   * @param frames how many states the whole training leaves behind, but for the first
   * @param losses what each loss is called
   */
  public record Training(String data, int steps, int frames, List<String> losses)
      implements Content {
    /** How many steps of training a state has behind it. */
    public int stepAt(int frame) {
      return (int) ((long) steps * frame / frames);
    }
  }

  /** What the states of a run of tokens are. */
  public Tokens tokens() {
    return (Tokens) content;
  }

  /** What the states of a run of images are. */
  public Images images() {
    return (Images) content;
  }

  /** What the states of a training are. */
  public Training training() {
    return (Training) content;
  }

  /** The same of a run of tokens with room for so many candidates at least. */
  public TraceHeader keeping(int candidates) {
    Tokens of = tokens();
    return candidates <= of.candidates()
        ? this
        : with(new Tokens(of.vocabulary(), of.maskId(), of.length(), candidates), version);
  }

  /**
   * The same by another writer.
   *
   * @param writer {@link #WRITER}, or {@link #VERSION} where others than the kernels computed
   */
  public TraceHeader writtenBy(String writer) {
    return with(content, writer);
  }

  private TraceHeader with(Content of, String writer) {
    return new TraceHeader(model, of, noise, random, seed, segments, parent, source, writer);
  }

  /** Whether it was computed by kernels whose results have the same bits as this program's. */
  public boolean sameKernels() {
    return version.endsWith(WRITER.substring(VERSION.length()));
  }

  /** Whether another program made it, so that only what it says itself is known. */
  public boolean foreign() {
    return source.isPresent() || segments.isEmpty();
  }

  /** The stretch that the step after so many is in. */
  public Optional<Segment> segmentAt(int step) {
    return segments.stream()
        .filter(segment -> segment.fromStep() <= step)
        .reduce((_, later) -> later);
  }

  /** What the step after so many draws its random numbers with. */
  public long seedAt(int step) {
    return segmentAt(step).map(Segment::seed).orElse(OptionalLong.empty()).orElse(seed);
  }

  /** The sampler that took the first step; empty where nothing was sampled. */
  public String sampler() {
    return segmentAt(0).map(Segment::sampler).orElse("");
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
   * @param settings every setting by name: a Boolean, Integer, Double or String; of images {@link
   *     #GUIDANCE} too
   * @param samplerSha256 of the sampler's source, in lower-case hexadecimal, if it is somebody's
   *     own and was recorded
   * @param seed if it is not the run's
   */
  public record Segment(
      int fromStep,
      String sampler,
      Map<String, Object> settings,
      List<Edit> edits,
      Optional<String> samplerSha256,
      OptionalLong seed) {
    /** The setting that says how far images are pushed towards their class. */
    public static final String GUIDANCE = "guidance";

    /** Of a built-in sampler, or one of which no more is known. */
    public Segment(int fromStep, String sampler, Map<String, Object> settings, List<Edit> edits) {
      this(fromStep, sampler, settings, edits, Optional.empty(), OptionalLong.empty());
    }

    /** The settings as a person writes them, by name. */
    public Map<String, String> written() {
      Map<String, String> written = new LinkedHashMap<>();
      settings.forEach((name, value) -> written.put(name, String.valueOf(value)));
      return written;
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
