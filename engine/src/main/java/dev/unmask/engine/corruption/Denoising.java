package dev.unmask.engine.corruption;

import dev.unmask.engine.InputException;
import dev.unmask.engine.noise.NoiseKind;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.api.SamplerDescription;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.Mark;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way back from a corrupted text: the reverse process from that t on, and not from noise alone.
 *
 * @param model whose tokens they are
 * @param time t in (0, 1]
 */
public record Denoising(
    TraceHeader.Model model, int[] original, int[] corrupted, double time, NoiseKind noise) {
  private static final String START = "start";
  private static final String NOISE = "noise";

  /**
   * From where a recorded corruption ends.
   *
   * @throws InputException if it is none
   */
  public static Denoising from(Trace<TokenState, TokenRecord> trace) {
    ForwardTrace.check(trace);
    int last = trace.steps();
    return new Denoising(
        trace.header().model(),
        trace.state(0).tokens(),
        trace.state(last).tokens(),
        trace.state(last).time(),
        Noise.kind(trace.header().noise()));
  }

  /**
   * The sampler that goes back where none was chosen.
   *
   * @throws InputException if there is none for this noise
   */
  public String sampler() {
    return switch (noise) {
      case ABSORBING -> "mdlm";
      case UNIFORM -> "udlm";
      case GAUSSIAN -> "d3pm";
      default ->
          throw new InputException(
              "No sampler takes away %s noise; corrupt the text with absorbing, uniform or gaussian noise."
                  .formatted(noise.word()));
    };
  }

  /**
   * Starts the run. What masks left of the text is pinned; other noise may be anywhere.
   *
   * @param settings of the sampler, by name; where it knows of times and of kinds of noise, it is
   *     told
   * @throws InputException if the sampler does not take away this noise, or the model cannot
   */
  public TokenRun start(
      RunModel.Tokens model, SamplerKind sampler, Map<String, String> settings, long seed) {
    if (this.model.sha256().isEmpty()) {
      throw new InputException(
          "The text was corrupted in %s, which no model knows, so nothing can go back; corrupt it in the tokens of a model."
              .formatted(this.model.name()));
    }
    if (!this.model.sha256().equals(model.identity().sha256())) {
      throw new InputException(
          "The text was corrupted in the tokens of %s and not of %s; choose that model, or corrupt it in the tokens of this one."
              .formatted(this.model.name(), model.identity().name()));
    }
    check(sampler);
    Map<String, String> told = new LinkedHashMap<>(settings);
    tell(sampler, told, START, String.valueOf(time));
    tell(sampler, told, NOISE, noise.word());
    if (sampler.create(told, model.vocabulary()).noise() != noise) {
      throw new InputException(
          "The text is corrupted by %s noise, which the sampler %s does not take away; choose %s."
              .formatted(noise.word(), sampler.name(), sampler()));
    }
    return TokenRun.start(
        model, begin(model), new RunPlan<>(sampler, told, RandomKind.PHILOX, seed));
  }

  /** Masks tell by themselves how far a text is corrupted; of other noise a sampler is told. */
  private void check(SamplerKind kind) {
    if (!noise.masks() && !knows(kind, START)) {
      throw new InputException(
          "The sampler %s begins with nothing but noise and not at a t; choose %s."
              .formatted(kind.name(), sampler()));
    }
  }

  /** Sets what was left open, if the sampler has that setting. */
  static void tell(
      SamplerDescription kind, Map<String, String> settings, String name, String value) {
    if (knows(kind, name)) {
      settings.putIfAbsent(name, value);
    }
  }

  private static boolean knows(SamplerDescription kind, String name) {
    return kind.settings().stream().anyMatch(setting -> setting.name().equals(name));
  }

  private Start.Tokens begin(RunModel.Tokens model) {
    byte[] marks = new byte[corrupted.length];
    for (int i = 0; i < marks.length; i++) {
      boolean kept = noise.masks() && corrupted[i] != model.vocabulary().maskId();
      marks[i] = kept ? Mark.PINNED : 0;
    }
    return new Start.Tokens(corrupted, marks);
  }

  /** What came of it. */
  public Restoration restored(int[] result) {
    return Restoration.of(original, corrupted, result);
  }

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
}
