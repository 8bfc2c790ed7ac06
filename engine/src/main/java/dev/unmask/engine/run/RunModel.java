package dev.unmask.engine.run;

import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.StepRecord;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The model of a run: its denoiser, which the run uses and does not close, and what a trace says of
 * it.
 *
 * @param <S> a state
 * @param <T> a step
 */
public sealed interface RunModel<S, T extends StepRecord<S>> {
  /** As a trace names it. */
  TraceHeader.Model identity();

  /**
   * A run that repeats the first steps of a trace and goes on from there as the trace did.
   *
   * @param steps how many steps are taken over, at most those of the trace
   * @param samplers those of people's own that may be run
   * @throws dev.unmask.engine.InputException if the trace was made with another model, or does not
   *     say how, or by a sampler that may not be run
   */
  StepMachine<S, T> resume(Trace<S, T> trace, int steps, SamplerPermission samplers);

  /**
   * A run that repeats the first steps of a trace and goes on from there with a change.
   *
   * @param samplers those of people's own that may be run
   * @throws dev.unmask.engine.InputException if the change does not fit the trace or the model, or
   *     the sampler may not be run
   */
  StepMachine<S, T> branch(Trace<S, T> trace, Branch branch, SamplerPermission samplers);

  /**
   * Of tokens.
   *
   * @param texts of the tokens, by id
   */
  record Tokens(
      TraceHeader.Model identity, List<String> texts, Vocabulary vocabulary, TokenDenoiser denoiser)
      implements RunModel<TokenState, TokenRecord> {
    /** What a trace says computed it: of the program's kernels only where they do. */
    String writer() {
      return denoiser.ownKernels() ? TraceHeader.WRITER : TraceHeader.VERSION;
    }

    @Override
    public TokenRun resume(
        Trace<TokenState, TokenRecord> trace, int steps, SamplerPermission samplers) {
      return TokenRun.resume(this, trace, steps, samplers);
    }

    @Override
    public TokenRun branch(
        Trace<TokenState, TokenRecord> trace, Branch branch, SamplerPermission samplers) {
      return resume(branch.of(trace, this, samplers), branch.step(), samplers);
    }
  }

  /** Of images, or of points. */
  record Images(TraceHeader.Model identity, ImageDenoiser denoiser)
      implements RunModel<BatchState, ImageRecord> {
    @Override
    public ImageRun resume(
        Trace<BatchState, ImageRecord> trace, int steps, SamplerPermission samplers) {
      return ImageRun.resume(this, trace, steps);
    }

    @Override
    public ImageRun branch(
        Trace<BatchState, ImageRecord> trace, Branch branch, SamplerPermission samplers) {
      return ImageRun.resume(this, branch.of(trace, this), branch.step());
    }
  }

  /**
   * Of a training.
   *
   * @param identity the family's name, and nothing of weights
   * @param settings what can be set of it
   */
  record Training(TraceHeader.Model identity, List<Setting<?>> settings, Learners learners)
      implements RunModel<TrainingState, TrainingRecord> {
    /** Makes models that have learned nothing. */
    @FunctionalInterface
    public interface Learners {
      /**
       * Makes one.
       *
       * @param what it is to learn, and in how many steps
       * @param seed of its first weights
       */
      Learner of(TraceHeader.Training what, Settings settings, long seed);
    }

    @Override
    public TrainingRun resume(
        Trace<TrainingState, TrainingRecord> trace, int steps, SamplerPermission samplers) {
      return TrainingRun.resume(this, trace, steps);
    }

    @Override
    public TrainingRun branch(
        Trace<TrainingState, TrainingRecord> trace, Branch branch, SamplerPermission samplers) {
      return TrainingRun.resume(this, branch.of(trace, this), branch.step());
    }
  }

  /** A model of tokens from a folder. */
  static Tokens of(Model model) {
    int named = model.tokenizer().size();
    List<String> texts =
        IntStream.range(0, model.vocabulary().size())
            .mapToObj(id -> id < named ? model.tokenizer().text(id) : "")
            .toList();
    return new Tokens(
        new TraceHeader.Model(model.name(), model.sha256()),
        texts,
        model.vocabulary(),
        model.denoiser());
  }

  /** A model of images from a folder. */
  static Images of(ImageFolder model) {
    return new Images(new TraceHeader.Model(model.name(), model.sha256()), model.denoiser());
  }
}
