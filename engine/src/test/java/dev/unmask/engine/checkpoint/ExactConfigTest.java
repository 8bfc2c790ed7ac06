package dev.unmask.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.sampler.Samplers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the bundled model of a small grammar. */
class ExactConfigTest {
  private static final Path SENTENCES = Path.of("..", "assets", "models", "sentences");

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"first-hitting", "autoregressive", "mdlm", "d3pm noise=uniform", "udlm"})
  void everyKindOfNoiseEndsInASentence(String sampler) {
    try (Model model = Model.open(SENTENCES, 1)) {
      String text = sampled(model, sampler, "");
      assertThat(text)
          .matches(
              "( a| the)( big| old| small| red)( dog| cat| bird| fox)( sees| likes| chases).*"
                  + "|( the| two)( big| old| small| red)( dogs| cats| birds| foxes)( see| like| chase).*");
    }
  }

  @Test
  void goesOnFromAPrompt() {
    try (Model model = Model.open(SENTENCES, 1)) {
      assertThat(sampled(model, "first-hitting", "two old")).matches(" two old \\w+s \\w+[^s] .*");
    }
  }

  private static String sampled(Model model, String sampler, String prompt) {
    String[] parts = sampler.split(" noise=");
    Map<String, String> settings = parts.length > 1 ? Map.of("noise", parts[1]) : Map.of();
    var plan = new RunPlan<>(Samplers.named(parts[0]), settings, RandomKind.PHILOX, 3);
    TokenRun run = TokenRun.start(RunModel.of(model), Start.of(prompt, 6, model), plan);
    run.finish(_ -> {});
    return model.tokenizer().decode(run.state().tokens());
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 2, its other_sequences is 2.0 and not below 1",
    "23, 12, holds what is no token",
    "'\"mask_token_id\": 0', '\"mask_token_id\": 99', its mask_token_id is 99"
  })
  void saysWhatDoesNotFit(String from, String to, String complaint) throws IOException {
    for (String name : new String[] {"config.json", "model.safetensors", "tokenizer.json"}) {
      Files.copy(SENTENCES.resolve(name), temporary.resolve(name));
    }
    Path config = temporary.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace(from, to));
    assertThatThrownBy(() -> Model.open(temporary, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(complaint);
  }
}
