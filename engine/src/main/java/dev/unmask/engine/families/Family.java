package dev.unmask.engine.families;

import dev.unmask.engine.playground.DataSet;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.trace.TraceHeader;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * A family of generative models as the user meets it.
 *
 * @param name lower case with hyphens
 * @param title as people write it
 * @param place where it stands in the tree
 * @param year of the paper
 * @param summary what it is and what must be seen of it, in a sentence
 * @param settings in the order they are shown
 * @param steps of training, if nobody says how many
 * @param constructor makes a model that has learned nothing
 */
public record Family(
    String name,
    String title,
    Place place,
    int year,
    URI paper,
    String summary,
    List<Setting<?>> settings,
    int steps,
    Function<Setup, PlaneModel> constructor) {
  /** How many states of a training are recorded, but for the first. */
  public static final int FRAMES = 32;

  /** Branches of the tree of generative models. */
  public enum Place {
    /** log p(x) can be computed. */
    TRACTABLE("explicit density, tractable"),
    /** log p(x) can be bounded, or its slope told. */
    APPROXIMATE("explicit density, approximate"),
    /** Samples alone. */
    IMPLICIT("implicit density");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }

  /**
   * All that a model is made of.
   *
   * @param steps of training that it will have in all
   * @param seed of its first weights
   * @param ops that it computes with, and closes
   */
  public record Setup(DataSet data, Settings settings, int steps, long seed, HostTensors ops) {}

  /**
   * How it is trained and its trainings are repeated.
   *
   * @param threads of each model; the result does not depend on it
   */
  public RunModel.Training model(int threads) {
    return new RunModel.Training(
        new TraceHeader.Model(name, ""),
        settings,
        (what, chosen, seed) -> of(what, chosen, seed, threads));
  }

  private PlaneModel of(TraceHeader.Training what, Settings chosen, long seed, int threads) {
    DataSet data = DataSet.named(what.data());
    return constructor.apply(new Setup(data, chosen, what.steps(), seed, new HostTensors(threads)));
  }

  /**
   * A model of a training, to be made what it was at any of its states.
   *
   * @param header of its trace
   * @param frame whose settings it has
   */
  public PlaneModel model(TraceHeader header, int frame) {
    Settings chosen = Settings.of(settings, header.segmentAt(frame).orElseThrow().written());
    return of(header.training(), chosen, header.seedAt(frame), 1);
  }
}
