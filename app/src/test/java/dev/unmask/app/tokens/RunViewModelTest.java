package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.controls.Field;
import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.HandMade;
import dev.unmask.app.session.RunRequest;
import dev.unmask.engine.denoiser.TrainedFor;
import dev.unmask.engine.sampler.Samplers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunViewModelTest {
  private final RunViewModel form = Forms.of(41, 42);

  @Test
  void aSettingThatWasNotAskedForHasItsDefaultAndNotWhatWasTypedBefore() {
    RunViewModel form = Forms.of();
    form.put("temperature", "0.7");
    form.fill(new RunRequest("other", "", 9, "first", Map.of("steps", "7"), 3));
    assertThat(form.request().settings()).containsEntry("temperature", "0.0");
  }

  @Test
  void isBuiltFromTheSamplersDescription() {
    assertThat(form.fields()).extracting(Field::name).containsExactly("steps", "temperature");
    assertThat(form.fields().getFirst().explanation()).contains("1 to 1000");
    form.samplerProperty().set(form.samplers().getLast());
    assertThat(form.fields()).extracting(Field::label).containsExactly("Token order");
    assertThat(form.fields().getFirst().setting().range()).isEqualTo("random, fixed");
  }

  @Test
  void asksForWhatIsTyped() {
    form.promptProperty().set("Once");
    form.length().textProperty().set(" 48 ");
    form.fields().getFirst().textProperty().set("24");
    assertThat(form.request())
        .isEqualTo(
            new RunRequest(
                "stories", "Once", 48, "first", Map.of("steps", "24", "temperature", "0.0"), 1));
  }

  @Test
  void saysWhatIsWrongAndIsInvalidUntilItIsMended() {
    Field temperature = form.fields().getLast();
    temperature.textProperty().set("hot");
    assertThat(temperature.errorProperty().get()).contains("temperature", "hot", "0.0 to 10.0");
    assertThat(form.validProperty().get()).isFalse();
    temperature.textProperty().set("0.5");
    assertThat(temperature.errorProperty().get()).isEmpty();
    assertThat(form.validProperty().get()).isTrue();
  }

  @Test
  void moreStepsThanAnyRunHasAreWrongBesideTheirField() {
    var form = new RunViewModel(List.of("stories"), _ -> Optional.empty(), Samplers.ALL, () -> 0);
    Field steps = form.fields().getFirst();
    steps.textProperty().set("2147483647");
    assertThat(steps.errorProperty().get())
        .isEqualTo("The setting steps is '2147483647', but it must be 0 to 1048576.");
    assertThat(form.validProperty().get()).isFalse();
  }

  @Test
  void isValidAgainWhenTheWrongSettingIsGone() {
    form.fields().getFirst().textProperty().set("-3");
    form.samplerProperty().set(form.samplers().getLast());
    assertThat(form.validProperty().get()).isTrue();
  }

  @Test
  void checksLengthAndSeed() {
    form.length().textProperty().set("0");
    assertThat(form.validProperty().get()).isFalse();
    form.length().textProperty().set("8");
    form.seed().textProperty().set("-1");
    assertThat(form.validProperty().get()).isFalse();
  }

  @Test
  void takesAnotherSeedEachTime() {
    form.newSeed();
    assertThat(form.request().seed()).isEqualTo(41);
    form.newSeed();
    assertThat(form.request().seed()).isEqualTo(42);
  }

  @Test
  void isFilledByARequest() {
    var request = new RunRequest("other", "Hi", 20, "second", Map.of("token-order", "fixed"), 99);
    form.fill(request);
    assertThat(form.request()).isEqualTo(request);
  }

  @Test
  void aModelThatWasTrainedForSomethingElseBringsItsSampler() {
    var trained =
        Map.of(
            "masks", TrainedFor.MASKS,
            "also masks", TrainedFor.MASKS,
            "uniform", TrainedFor.UNIFORM_NOISE);
    var models = List.of("masks", "also masks", "uniform", "broken");
    var form =
        new RunViewModel(
            models, name -> Optional.ofNullable(trained.get(name)), Samplers.ALL, () -> 0);
    form.samplerProperty().set(Samplers.named("mdlm"));
    form.modelProperty().set("also masks");
    assertThat(form.request().sampler()).isEqualTo("mdlm");
    form.modelProperty().set("uniform");
    assertThat(form.request().sampler()).isEqualTo("udlm");
    form.modelProperty().set("broken");
    assertThat(form.request().sampler()).isEqualTo("udlm");
    form.modelProperty().set("masks");
    assertThat(form.request().sampler()).isEqualTo("llada");
  }

  @Test
  void whatFillsTheFormKeepsItsOwnSampler() {
    var models = List.of("masks", "uniform");
    var form =
        new RunViewModel(
            models,
            name -> Optional.of(name.equals("masks") ? TrainedFor.MASKS : TrainedFor.UNIFORM_NOISE),
            Samplers.ALL,
            () -> 0);
    form.fill(new RunRequest("uniform", "", 8, "duo", Map.of(), 1));
    assertThat(form.request().sampler()).isEqualTo("duo");
  }

  @Test
  void pinsTheSelectedTokenBesideWhatIsGiven() {
    form.pin(Frame.of(HandMade.history(), 5).selecting(6));
    assertThat(form.promptProperty().get()).isEqualTo("Once upon{4} שלום");
    form.pin(Frame.of(HandMade.history(), 5).selecting(4));
    assertThat(form.promptProperty().get()).isEqualTo("Once upon");
  }

  @Test
  void aTraceTellsWhatWouldRunItAgain() {
    RunRequest again = RunRequest.of(HandMade.story()).orElseThrow();
    assertThat(again).isEqualTo(new RunRequest("hand-made", "Once upon", 10, "none", Map.of(), 7));
  }
}
