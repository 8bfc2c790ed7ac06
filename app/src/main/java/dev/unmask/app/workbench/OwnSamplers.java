package dev.unmask.app.workbench;

import dev.unmask.engine.sampler.SamplerKind;
import dev.unmask.engine.sampler.Samplers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Samplers out of people's own .java files, offered by the form beside the built-in ones. They are
 * compiled away from the thread that asks.
 */
final class OwnSamplers {
  /** Of their files. */
  static final String EXTENSION = ".java";

  private final RunForm form;
  private final Consumer<String> problem;
  private final Executor compiling;
  private final Executor window;

  /**
   * None yet.
   *
   * @param problem is told why one cannot be offered, on any thread
   * @param compiling where files are compiled
   * @param window the thread that the form belongs to
   */
  OwnSamplers(RunForm form, Consumer<String> problem, Executor compiling, Executor window) {
    this.form = form;
    this.problem = problem;
    this.compiling = compiling;
    this.window = window;
  }

  /** Offers the sampler in a file, and chooses it. */
  void take(Path file) {
    compile(
        file.toString(),
        kind -> {
          offer(kind);
          form.samplerProperty().set(kind);
        });
  }

  /** Does something once the sampler of that name is offered, if there is one. */
  void with(String name, Runnable then) {
    if (!name.endsWith(EXTENSION)) {
      then.run();
      return;
    }
    compile(
        name,
        kind -> {
          offer(kind);
          then.run();
        });
  }

  /** Compiles again those whose files changed. */
  void refresh() {
    List.copyOf(form.samplers()).stream()
        .map(SamplerKind::name)
        .filter(name -> name.endsWith(EXTENSION))
        .forEach(name -> compile(name, this::offer));
  }

  private void compile(String name, Consumer<SamplerKind> then) {
    Work.begin(
        compiling,
        () -> {
          SamplerKind kind = Samplers.named(name);
          window.execute(() -> then.accept(kind));
        },
        problem);
  }

  /** Puts it in the place of what it was before, chosen if that was. */
  private void offer(SamplerKind kind) {
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
