package dev.unmask.app.peers;

import dev.unmask.app.Stopwatch;
import dev.unmask.app.TemporaryFolder;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ImageFolder;
import dev.unmask.engine.checkpoint.LladaConfig;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.run.ImageRun;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.sampler.ImageSamplers;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.own.SamplerPermission;
import dev.unmask.engine.tensor.Accelerator;
import dev.unmask.engine.tensor.Kernels;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.training.Progress;
import dev.unmask.engine.training.Trainer;
import dev.unmask.engine.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Works as this program does them, with nothing recorded. */
public final class ThisProgram implements Contender {
  /** Of all runs, and of the batches that are trained on. */
  static final long SEED = 1;

  private static final double PEAK_RATE = 0.002;

  @Override
  public String name() {
    Kernels kernels = Kernels.here();
    return "Unmask %s (%s, vectors of %d bits)"
        .formatted(TraceHeader.VERSION, kernels.name(), kernels.registerBits());
  }

  @Override
  public Optional<Session> open(PeerWork work, int threads) {
    return Optional.of(
        switch (work) {
          case PeerWork.Evaluation evaluation -> new Evaluating(evaluation, threads);
          case PeerWork.Generation generation -> new Generating(generation, threads);
          case PeerWork.Training training -> new Learning(training, threads);
          case PeerWork.Denoising denoising -> new Denoising(denoising, threads);
        });
  }

  /** One that takes as long as its work does. */
  private abstract static class Timed implements Session {
    abstract void work();

    @Override
    public Turn run(int times) {
      Stopwatch watch = Stopwatch.started();
      for (int i = 0; i < times; i++) {
        work();
      }
      return new Turn(watch.elapsed(), watch.busy());
    }
  }

  private static TokenDenoiser denoiser(LladaConfig config, Path model, int threads) {
    return config.denoiser(
        SafetensorsFile.open(model.resolve("model.safetensors")),
        Accelerator.probe().open(threads));
  }

  private static LladaConfig config(Path model) {
    return LladaConfig.read(model.resolve("config.json"));
  }

  private static final class Evaluating extends Timed {
    private final Request request;
    private final TokenDenoiser denoiser;
    private float[][] logits = new float[0][];

    Evaluating(PeerWork.Evaluation work, int threads) {
      int[] rows = IntStream.range(0, work.ids().length).toArray();
      request = Request.ofSequence(work.ids(), Attention.FULL, rows, Optional.empty());
      denoiser = denoiser(config(work.model()), work.model(), threads);
    }

    @Override
    void work() {
      logits = denoiser.predict(request).logits();
    }

    @Override
    public float[] result() {
      return concatenated(List.of(logits));
    }

    @Override
    public long multiplyAdds() {
      return denoiser.multiplyAdds(request);
    }

    @Override
    public void close() {
      denoiser.close();
    }
  }

  private static float[] concatenated(List<float[]> rows) {
    float[] all = new float[rows.stream().mapToInt(row -> row.length).sum()];
    int at = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, all, at, row.length);
      at += row.length;
    }
    return all;
  }

  private static final class Generating extends Timed {
    private final PeerWork.Generation work;
    private final RunModel.Tokens model;
    private TokenRun run;

    Generating(PeerWork.Generation work, int threads) {
      this.work = work;
      LladaConfig config = config(work.model());
      List<String> texts = Collections.nCopies(config.vocabulary().size(), "");
      model =
          new RunModel.Tokens(
              new TraceHeader.Model(work.name(), ""),
              texts,
              config.vocabulary(),
              denoiser(config, work.model(), threads));
      run = begun();
    }

    private TokenRun begun() {
      var sampler = Samplers.named("llada", SamplerPermission.named("llada"));
      Map<String, String> settings = Map.of("steps", Integer.toString(work.steps()));
      return TokenRun.start(
          model,
          Start.of(work.prompt(), work.length(), model.vocabulary().maskId()),
          new RunPlan<>(sampler, settings, SEED));
    }

    @Override
    void work() {
      run = begun();
      run.finish(_ -> {});
    }

    @Override
    public float[] result() {
      int[] tokens = run.state().tokens();
      float[] result = new float[tokens.length];
      for (int i = 0; i < tokens.length; i++) {
        result[i] = tokens[i];
      }
      return result;
    }

    @Override
    public long multiplyAdds() {
      return run.multiplyAdds();
    }

    @Override
    public void close() {
      model.denoiser().close();
    }
  }

  /** Trains anew each time; the clock starts after the first step, which takes memory. */
  private static final class Learning implements Session {
    private final PeerWork.Training work;
    private final int threads;
    private final List<Float> losses = new ArrayList<>();
    private Stopwatch watch;

    Learning(PeerWork.Training work, int threads) {
      this.work = work;
      this.threads = threads;
    }

    @Override
    public Turn run(int times) {
      return Stream.generate(this::once)
          .limit(times)
          .reduce(
              new Turn(0, 0),
              (a, b) -> new Turn(a.seconds() + b.seconds(), a.processor() + b.processor()));
    }

    private Turn once() {
      losses.clear();
      try (var folder = new TemporaryFolder("unmask-peers");
          Trainer trainer = new Trainer(plan(work, folder.path(), threads))) {
        Turn[] last = new Turn[1];
        trainer.run(progress -> last[0] = observed(progress));
        return last[0];
      } catch (IOException e) {
        throw new InputException(
            "There is no room to train in (%s); make room for temporary files."
                .formatted(e.getMessage()),
            e);
      }
    }

    private Turn observed(Progress progress) {
      losses.add((float) progress.loss());
      if (progress.step() == 1) {
        watch = Stopwatch.started();
      }
      return new Turn(watch.elapsed(), watch.busy());
    }

    @Override
    public float[] result() {
      return concatenated(losses.stream().map(loss -> new float[] {loss}).toList());
    }
  }

  /** How a work is trained; its learning rates are what peers are told. */
  static TrainingPlan plan(PeerWork.Training work, Path folder, int threads) {
    return new TrainingPlan(
        work.subject(),
        folder,
        Optional.of(work.model()),
        work.steps(),
        PEAK_RATE,
        1,
        SEED,
        threads,
        Duration.ofDays(1));
  }

  private static final class Denoising extends Timed {
    private final PeerWork.Denoising work;
    private final ImageFolder model;
    private ImageRun run;

    Denoising(PeerWork.Denoising work, int threads) {
      this.work = work;
      model = ImageFolder.open(work.model(), threads);
      run = begun(work, model);
    }

    @Override
    void work() {
      run = begun(work, model);
      run.finish(_ -> {});
    }

    @Override
    public float[] result() {
      return run.state().x();
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** A work's run before its first step; what it starts from is what peers are told. */
  static ImageRun begun(PeerWork.Denoising work, ImageFolder model) {
    Map<String, String> settings = Map.of("steps", Integer.toString(work.steps()));
    return ImageRun.start(
        RunModel.of(model),
        new Start.Images(Collections.nCopies(work.images(), model.denoiser().classes())),
        new RunPlan<>(ImageSamplers.named("ddim"), settings, SEED));
  }
}
