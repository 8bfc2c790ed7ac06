package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ExportViewModelTest {
  private final ExportViewModel form = new ExportViewModel();

  @Test
  void beginsWithSettingsThatCanBeExported() {
    assertThat(form.problem.get()).isEmpty();
    assertThat(form.valid()).isPresent();
  }

  @Test
  void takesWhatIsTyped() {
    form.theme.set(ExportTheme.TRANSPARENT);
    form.size.set("640x360@2");
    form.from.set(" 2 ");
    form.to.set("7");
    form.title.set("A title");
    form.legend.set(false);
    ExportSettings settings = form.valid().orElseThrow();
    assertThat(settings.theme()).isEqualTo(ExportTheme.TRANSPARENT);
    assertThat(settings.size().units()).isEqualTo(320);
    assertThat(settings.from()).isEqualTo(2);
    assertThat(settings.to()).isEqualTo(OptionalInt.of(7));
    assertThat(settings.title()).isEqualTo("A title");
    assertThat(settings.legend()).isFalse();
  }

  @Test
  void takesOverTheSettingsOfAnEarlierExport() {
    form.theme.set(ExportTheme.LIGHT);
    form.to.set("7");
    form.pace.set("0.25");
    form.caption.set("As last year");
    ExportSettings earlier = form.valid().orElseThrow();
    var later = new ExportViewModel();
    later.fill(earlier);
    assertThat(later.valid()).contains(earlier);
  }

  @Test
  void tellsWhatIsWrongInASentenceAndKnowsNoSettingsUntilItIsMended() {
    form.fps.set("fast");
    assertThat(form.problem.get()).isEqualTo("The frame rate is 'fast'; type a number.");
    assertThat(form.valid()).isEmpty();
    form.fps.set("12.5");
    form.from.set("1.5");
    assertThat(form.problem.get()).contains("first step is '1.5'");
    form.from.set("0");
    form.size.set("huge");
    assertThat(form.problem.get()).contains("'huge' is not a size");
    form.size.set("720p");
    assertThat(form.problem.get()).isEmpty();
  }

  @Test
  void whatTheFormatCannotShowIsToldBeforeItIsExported() {
    form.theme.set(ExportTheme.TRANSPARENT);
    assertThat(form.problem.get()).isEmpty();
    form.format.set(Video.MP4);
    assertThat(form.problem.get()).contains("An .mp4 cannot be transparent");
    form.format.set(Video.WEBM);
    assertThat(form.problem.get()).isEmpty();
  }

  @Test
  void whatAFormatHasNoUseForIsGreyedForAReasonAndSaysNothing() {
    assertThat(form.idle(ExportOption.FPS).get()).isEmpty();
    assertThat(form.idle(ExportOption.EASING).get()).contains("no frame lies between steps");
    form.pace.set("0.5");
    assertThat(form.idle(ExportOption.EASING).get()).isEmpty();
    form.fps.set("fast");
    form.format.set(PictureFile.FORMAT);
    assertThat(form.idle(ExportOption.FPS).get()).isEqualTo("a .png shows one step");
    assertThat(form.problem.get()).isEmpty();
    form.format.set(AnimatedGif.FORMAT);
    assertThat(form.problem.get()).contains("fast");
  }

  @Test
  void oneStepIsTheOneThatIsShown() {
    form.exhibit.set(Optional.of(story(3)));
    form.from.set("1");
    form.to.set("4");
    form.thisStep.set(true);
    assertThat(form.valid().orElseThrow().from()).isEqualTo(3);
    assertThat(form.valid().orElseThrow().to()).isEqualTo(OptionalInt.of(3));
    assertThat(form.idle(ExportOption.HOLD).get()).isEqualTo("one step is exported");
    form.thisStep.set(false);
    assertThat(form.valid().orElseThrow().from()).isEqualTo(1);
  }

  @Test
  void stepsThatThereAreNotAreToldBeforeAFileIsAskedFor() {
    form.exhibit.set(Optional.of(story(0)));
    assertThat(form.ready.get()).isTrue();
    form.to.set("99");
    assertThat(form.problem.get()).contains("no steps 0 to 99");
    assertThat(form.ready.get()).isFalse();
    form.to.set("");
    form.view.set(ExportView.COMPARISON);
    assertThat(form.problem.get()).contains("needs another run");
  }

  @Test
  void theViewIsOneThatThereIsOfWhatIsExported() {
    form.view.set(ExportView.CORRUPTION);
    form.kind.set(Exhibit.Kind.PARTICLES);
    assertThat(form.view.get()).isEqualTo(ExportView.CANVAS);
    form.kind.set(Exhibit.Kind.IMAGES);
    assertThat(form.view.get()).isEqualTo(ExportView.CANVAS);
  }

  private static Exhibit story(int step) {
    return new Exhibit.Tokens(
        Frame.of(HandMade.history(), step), Optional.empty(), Optional.empty());
  }
}
