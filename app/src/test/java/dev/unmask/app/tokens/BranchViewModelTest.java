package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.HandMade;
import dev.unmask.app.session.Beginning;
import dev.unmask.app.session.BranchRequest;
import dev.unmask.app.session.Run;
import dev.unmask.app.session.ScriptedRun;
import dev.unmask.app.session.Session;
import dev.unmask.app.session.Starters;
import dev.unmask.engine.trace.TraceHeader.Edit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchViewModelTest {
  private final List<Beginning> begun = new ArrayList<>();
  private final ScriptedRun run = ScriptedRun.finished();
  private final Session session =
      new Session(
          Starters.ofAny(
              beginning -> {
                begun.add(beginning);
                return new ScriptedRun();
              }),
          Runnable::run);
  private final RunViewModel form = Forms.of(1);
  private final BranchViewModel draft = new BranchViewModel(session, form);

  @BeforeEach
  void showTheStory() {
    form.modelProperty().set("models/hand-made");
    run.isIn(Path.of("story"));
    session.watch(run);
    session.pulse(0);
    session.playhead().seek(3);
    session.selectionProperty().set(4);
    session.pulse(0);
  }

  @Test
  void branchesAtThePlayheadWithAllChanges() {
    draft.force(" cat");
    draft.ban("#3");
    session.selectionProperty().set(3);
    session.pulse(0);
    draft.remask();
    draft.branch();
    int cat = HandMade.story().header().tokens().vocabulary().indexOf(" cat");
    assertThat(begun)
        .singleElement()
        .isInstanceOfSatisfying(
            BranchRequest.class,
            branch -> {
              assertThat(branch.parent()).isEqualTo(Path.of("story"));
              assertThat(branch.step()).isEqualTo(3);
              assertThat(branch.model()).isEqualTo("models/hand-made");
              assertThat(branch.edits())
                  .containsExactly(Edit.set(4, cat), new Edit(Edit.Kind.BAN, 4, 3), Edit.set(3, 0));
              assertThat(branch.sampler()).isEmpty();
            });
  }

  @Test
  void theRunThatGoesOnIsNotEndedForIt() {
    ScriptedRun live = new ScriptedRun();
    live.isIn(Path.of("story"));
    live.shows(Run.Phase.RUNNING, HandMade.story());
    session.watch(live);
    session.pulse(0);
    draft.branch();
    session.pulse(0);
    assertThat(begun).hasSize(1);
    assertThat(live.progress().phase()).isEqualTo(Run.Phase.RUNNING);
    assertThat(session.run()).contains(live);
  }

  @Test
  void aPositionHasOneTokenAndTheLastOneCounts() {
    draft.force(" cat");
    draft.pin("");
    int comma = session.frameProperty().get().orElseThrow().state().tokens()[4];
    assertThat(draft.edits()).containsExactly(new Edit(Edit.Kind.PIN, 4, comma));
    assertThat(draft.words(draft.edits().getFirst())).isEqualTo("4 = ,, pinned");
  }

  @Test
  void aWordIsTakenWithoutItsSpaceAndSeveralFillThePositionsBehind() {
    List<String> vocabulary = HandMade.story().header().tokens().vocabulary();
    draft.force("cat");
    assertThat(draft.edits()).containsExactly(Edit.set(4, vocabulary.indexOf(" cat")));
    draft.force("cat time");
    assertThat(draft.edits())
        .containsExactly(
            Edit.set(4, vocabulary.indexOf(" cat")), Edit.set(5, vocabulary.indexOf(" time")));
    session.selectionProperty().set(9);
    session.pulse(0);
    draft.force("a time");
    assertThat(draft.errorProperty().get()).contains("2 tokens").contains("room for 1");
    assertThat(draft.completions("ti")).singleElement().asString().endsWith(" time");
  }

  @Test
  void whatIsNoTokenIsToldInPlace() {
    draft.force("no such");
    assertThat(draft.edits()).isEmpty();
    assertThat(draft.errorProperty().get())
        .isEqualTo(
            "'no such' is not one token of the model hand-made; try it with a space before it, or"
                + " write # and an id.");
    draft.force(draft.candidates().getFirst());
    assertThat(draft.errorProperty().get()).isEmpty();
    assertThat(draft.edits()).hasSize(1);
  }

  @Test
  void takesSamplerAndSettingsOfTheFormIfAsked() {
    assertThat(draft.formWords()).isEqualTo("sampler first");
    draft.withFormProperty().set(true);
    draft.branch();
    BranchRequest branch = (BranchRequest) begun.getFirst();
    assertThat(branch.sampler()).isEqualTo(Optional.of("first"));
    assertThat(branch.settings()).containsEntry("steps", "32").containsEntry("temperature", "0.0");
  }

  @Test
  void saysThatARunEndedWhereNothingIsLeftToDo() {
    session.playhead().end();
    session.pulse(0);
    draft.remask();
    draft.branch();
    assertThat(draft.errorProperty().get()).startsWith("The run ended here");
    assertThat(begun).isEmpty();
  }

  @Test
  void anotherRunBeginsWithNoChanges() {
    draft.remask();
    session.watch(ScriptedRun.finished());
    session.pulse(0);
    assertThat(draft.edits()).isEmpty();
  }
}
