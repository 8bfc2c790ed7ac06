package dev.unmask.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.Stranger;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.tokens.BranchViewModel;
import dev.unmask.app.tokens.Forms;
import dev.unmask.app.tokens.OwnSamplers;
import dev.unmask.app.tokens.RunViewModel;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.trace.TraceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window on a trace whose sampler and model somebody else chose. */
class SamplerQuestionTest {
  private static final String ADDRESS = "http://127.0.0.1:9/evil";

  @TempDir Path folder;
  private final List<Beginning> begun = new ArrayList<>();
  private final RunViewModel form = Forms.of(1);
  private Session session;
  private OwnSamplers own;
  private Path trace;

  /** Reads traces on this thread, and starts nothing. */
  private final class Reader implements RunStarter {
    private final AllowedSamplers samplers =
        new AllowedSamplers(folder.resolve("samplers.json"), _ -> {});

    @Override
    public Run start(Beginning beginning) {
      begun.add(beginning);
      return new ScriptedRun();
    }

    @Override
    public <T> void ask(Work<T> work, String model, Question<T> question) {
      throw new AssertionError("No model is asked.");
    }

    @Override
    public AllowedSamplers samplers() {
      return samplers;
    }

    @Override
    public ImageWork images() {
      throw new AssertionError("No images are made.");
    }

    @Override
    public Run open(Path file) {
      var run = new RecordedRun(file, samplers);
      run.read(Runnable::run);
      return run;
    }
  }

  @BeforeEach
  void openTheTrace() throws IOException {
    session = new Session(new Reader(), Runnable::run);
    own =
        new OwnSamplers(
            session.samplers(),
            form,
            session::tell,
            () -> {},
            Runnable::run,
            Runnable::run,
            () -> {});
    session
        .againProperty()
        .subscribe(
            again -> again.ifPresent(made -> own.with(made.sampler(), () -> form.fill(made))));
    Path story = folder.resolve("story.trace.safetensors");
    TraceFile.write(story, HandMade.story());
    Path sampler = Stranger.sampler(folder);
    trace = folder.resolve("retold.trace.safetensors");
    Stranger.retold(story, trace, "none\\\",\\\"settings", sampler + "\\\",\\\"settings");
    Stranger.retold(trace, trace, "hand-made", ADDRESS);
    session.open(trace);
    session.playhead().pause();
    session.pulse(0);
  }

  @Test
  void showsTheStepsRunsNothingAndAsks() {
    session.playhead().seek(3);
    session.pulse(0);
    assertThat(session.frameProperty().get().orElseThrow().step()).isEqualTo(3);
    assertThat(session.debugger().breaches()).isEmpty();
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(form.samplers()).extracting(SamplerKind::name).containsExactly("first", "second");
    Notice notice = Notice.of(session);
    assertThat(notice.kind()).isEqualTo(Notice.Kind.QUESTION);
    assertThat(notice.sentence())
        .startsWith("The rules of this run are not checked: the sampler " + folder)
        .endsWith("Look at it before you allow it.");
  }

  @Test
  void notNowTakesTheQuestionAwayAndRunsNothing() {
    session.leaveUnchecked();
    session.pulse(0);
    assertThat(Notice.of(session).kind()).isEqualTo(Notice.Kind.NONE);
    assertThat(folder.resolve("ran")).doesNotExist();
    session.open(trace);
    session.pulse(0);
    assertThat(Notice.of(session).kind()).isEqualTo(Notice.Kind.QUESTION);
  }

  @Test
  void whatIsAllowedIsRunFillsTheFormAndStaysAtTheStep() {
    session.playhead().seek(3);
    String sampler = session.refusalProperty().get().orElseThrow().sampler();
    own.allow(sampler, session::reread);
    session.pulse(0);
    assertThat(folder.resolve("ran")).exists();
    assertThat(session.playhead().stepProperty().get()).isEqualTo(3);
    assertThat(Notice.of(session).kind()).isEqualTo(Notice.Kind.NONE);
    assertThat(form.samplerProperty().get().name()).isEqualTo(sampler);
  }

  @Test
  void aBranchByASamplerThatMayNotRunIsRefusedInPlace() {
    var draft = new BranchViewModel(session, form);
    draft.branch();
    assertThat(draft.errorProperty().get()).contains("somebody's own program");
    assertThat(begun).isEmpty();
  }

  @Test
  void aBranchOnAModelThatOnlyTheTraceNamesIsAskedAboutFirst() {
    var draft = new BranchViewModel(session, form);
    draft.withFormProperty().set(true);
    draft.branch();
    assertThat(begun).isEmpty();
    assertThat(draft.errorProperty().get())
        .isEqualTo(
            "The model %s is not bundled, but named by the trace; branch again to have it read or asked, or write its folder in the form."
                .formatted(ADDRESS));
    draft.branch();
    assertThat(begun).singleElement().extracting(Beginning::model).isEqualTo(ADDRESS);
  }
}
