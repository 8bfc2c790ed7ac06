package dev.unmask.app.tokens;

import dev.unmask.app.session.AllowedSamplers;
import dev.unmask.app.session.Problem;
import dev.unmask.app.session.Work;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.own.OwnSampler;
import dev.unmask.engine.sampler.own.OwnSamplerException;
import dev.unmask.engine.sampler.own.RefusedSamplerException;
import dev.unmask.engine.sampler.own.SamplerRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Samplers out of people's own .java files, offered by the form beside the built-in ones. They are
 * compiled away from the thread that asks.
 */
public final class OwnSamplers {
  /** Of their files. */
  public static final String EXTENSION = ".java";

  private final AllowedSamplers samplers;
  private final RunViewModel form;
  private final Consumer<Problem> problem;
  private final Runnable mended;
  private final Executor compiling;
  private final Executor window;
  private final Runnable again;
  private FileTime seen = FileTime.fromMillis(0);

  /**
   * None yet.
   *
   * @param samplers those that may be run
   * @param problem is told why one cannot be offered, on any thread
   * @param mended is run when one can be, on the window's
   * @param compiling where files are compiled
   * @param window the thread that the form belongs to
   * @param again runs what the form holds
   */
  public OwnSamplers(
      AllowedSamplers samplers,
      RunViewModel form,
      Consumer<Problem> problem,
      Runnable mended,
      Executor compiling,
      Executor window,
      Runnable again) {
    this.samplers = samplers;
    this.form = form;
    this.problem = problem;
    this.mended = mended;
    this.compiling = compiling;
    this.window = window;
    this.again = again;
  }

  /** Offers the sampler in a file, which the user named, and chooses it. */
  public void take(Path file) {
    samplers.name(file.toString());
    compile(
        file.toString(),
        kind -> {
          offer(kind);
          form.samplerProperty().set(kind);
        });
  }

  /**
   * Does something once the sampler that a trace names is offered, if it may be run. If it may not,
   * the window asks about that, and the form stays as it is: it shows only what it can run.
   */
  public void with(String name, Runnable then) {
    if (OwnSampler.of(name).isEmpty()) {
      then.run();
      return;
    }
    compile(
        name,
        kind -> {
          offer(kind);
          then.run();
        },
        _ -> {});
  }

  /** The user allows the sampler of that name, as it is now; then something is done. */
  public void allow(String name, Runnable then) {
    Work.begin(
        compiling,
        () -> {
          OwnSampler.of(name).ifPresent(samplers::allow);
          window.execute(then);
        },
        this::tell);
  }

  /** Compiles the chosen one again where its file was saved, if it is to run again then. */
  public void watch() {
    String name = form.samplerProperty().get().name();
    if (!form.againOnSaveProperty().get() || !name.endsWith(EXTENSION)) {
      return;
    }
    FileTime saved = saved(Path.of(name));
    if (!saved.equals(seen)) {
      seen = saved;
      compile(
          name,
          kind -> {
            boolean changed = kind != form.samplerProperty().get();
            offer(kind);
            if (changed && form.validProperty().get()) {
              again.run();
            }
          });
    }
  }

  /** A file that is being written may not be there for a moment. */
  private FileTime saved(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException _) {
      return seen;
    }
  }

  /** Compiles again those whose files changed. */
  public void refresh() {
    List.copyOf(form.samplers()).stream()
        .map(SamplerKind::name)
        .filter(name -> name.endsWith(EXTENSION))
        .forEach(name -> compile(name, this::offer));
  }

  private void compile(String name, Consumer<SamplerKind> then) {
    compile(name, then, refusal -> tell(words(refusal)));
  }

  private void compile(
      String name, Consumer<SamplerKind> then, Consumer<SamplerRefusal> otherwise) {
    Work.begin(
        compiling,
        () -> {
          try {
            SamplerKind kind = Samplers.named(name, samplers);
            window.execute(() -> then.accept(kind));
          } catch (RefusedSamplerException e) {
            otherwise.accept(e.refusal());
          } catch (OwnSamplerException e) {
            problem.accept(Problem.of(e));
          }
        },
        this::tell);
  }

  private void tell(String sentence) {
    problem.accept(Problem.of(sentence));
  }

  private static String words(SamplerRefusal refusal) {
    return refusal.allowable()
        ? "The sampler %s has changed since it was allowed; take it again from the menu File."
            .formatted(refusal.sampler())
        : refusal.sentence();
  }

  /** Puts it in the place of what it was before, chosen if that was. */
  private void offer(SamplerKind kind) {
    mended.run();
    for (int i = 0; i < form.samplers().size(); i++) {
      SamplerKind known = form.samplers().get(i);
      if (known.name().equals(kind.name())) {
        if (known != kind) {
          replace(i, kind);
        }
        return;
      }
    }
    form.samplers().add(kind);
  }

  /** The form always has a sampler: the old one goes when the new one is chosen. */
  private void replace(int index, SamplerKind kind) {
    SamplerKind known = form.samplers().get(index);
    form.samplers().add(index, kind);
    if (form.samplerProperty().get() == known) {
      form.samplerProperty().set(kind);
    }
    form.samplers().remove(index + 1);
  }
}
