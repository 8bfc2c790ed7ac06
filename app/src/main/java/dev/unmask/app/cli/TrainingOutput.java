package dev.unmask.app.cli;

import dev.unmask.engine.AtomicFile;
import dev.unmask.engine.families.Family;
import dev.unmask.engine.families.PlaneFigures;
import dev.unmask.engine.families.PlaneModel;
import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.run.TrainingRun;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceRecorder;
import dev.unmask.engine.trace.TrainingRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a terminal is told of a training, and where it is recorded, if that was asked for.
 *
 * @param out is told the figures in the end
 * @param err is told how far it is
 */
record TrainingOutput(Optional<Path> trace, PrintWriter out, PrintWriter err) {
  /** Checks the place before anything is computed. */
  TrainingOutput {
    trace.ifPresent(AtomicFile::check);
  }

  /** Trains to the end, and measures what came of it. */
  void of(Family family, Supplier<TrainingRun> opened) {
    long start = System.nanoTime();
    try (TrainingRun run = opened.get()) {
      Consumer<TrainingRecord> tell = step -> tell(family, run.trace().header(), step);
      if (trace.isPresent()) {
        try (var recorder = TraceRecorder.create(trace.get(), run.trace())) {
          run.finish(tell.andThen(recorder::append));
          recorder.finish();
        }
      } else {
        run.finish(tell);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      TraceHeader header = run.trace().header();
      try (PlaneModel model = family.model(header, run.trace().steps())) {
        model.become(run.state().numbers());
        PlaneFigures figures = PlaneFigures.of(model, DataSet.named(header.training().data()));
        out.println(line(family, model, figures, seconds));
        out.flush();
      }
    }
  }

  private void tell(Family family, TraceHeader header, TrainingRecord step) {
    List<String> names = header.training().losses();
    String losses =
        IntStream.range(0, names.size())
            .filter(i -> !Float.isNaN(step.losses()[i]))
            .mapToObj(i -> String.format(Locale.ROOT, "%s %.3f", names.get(i), step.losses()[i]))
            .collect(Collectors.joining(", "));
    err.printf(
        "%s: step %d of %d, %s%n",
        family.name(), step.next().step(), header.training().steps(), losses);
    err.flush();
  }

  private static String line(
      Family family, PlaneModel model, PlaneFigures figures, double seconds) {
    String bound = figures.bound() ? "<=" : "";
    String nll =
        Double.isNaN(figures.nll())
            ? "none"
            : String.format(Locale.ROOT, "%s%.3f", bound, figures.nll());
    return String.format(
        Locale.ROOT,
        "%s kl %s%.3f nll %s modes %d of %d evaluations %d ms %.4f parameters %d seconds %.1f"
            + " sampled-kl %.3f",
        family.name(),
        bound,
        figures.kl(),
        nll,
        figures.modes(),
        figures.found().length,
        model.evaluations(),
        figures.millis(),
        model.parameters(),
        seconds,
        figures.sampledKl());
  }
}
