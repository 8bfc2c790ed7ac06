package dev.unmask.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.run.Breakpoint.Hit;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakpointTest {
  @Test
  void stopsWhereATokenIsCommittedThatMeetsAllConditions() {
    TokenRun run = HashedModel.start("llada", Map.of());
    List<Hit> hits = hits(run, "commit where position > 6 and position <= 8");
    assertThat(hits).hasSize(2);
    Trace<TokenState, TokenRecord> trace = run.trace();
    for (Hit hit : hits) {
      assertThat(hit.position()).isBetween(7, 8);
      assertThat(trace.state(hit.step() - 1).tokens()[hit.position()]).isEqualTo(HashedModel.MASK);
      int token = trace.state(hit.step()).tokens()[hit.position()];
      assertThat(hit.sentence())
          .isEqualTo("'%d' was committed at position %d".formatted(token, hit.position()));
    }
  }

  @Test
  void comparesConfidenceAndEntropy() {
    TokenRun run = HashedModel.start("llada", Map.of());
    List<Hit> low = hits(run, "keep where confidence < 0.2 and entropy > 1");
    assertThat(low).isNotEmpty();
    for (Hit hit : low) {
      TokenRecord step = run.trace().step(hit.step() - 1);
      assertThat(step.decision().confidence()[hit.position()]).isLessThan(0.2f);
      assertThat(step.entropy()[hit.position()]).isGreaterThan(1);
    }
  }

  @Test
  void knowsTokensByTextAndById() {
    TokenRun run = HashedModel.finished("llada", Map.of());
    int token = run.state().tokens()[9];
    List<Hit> byText =
        hits(HashedModel.start("llada", Map.of()), "commit where token = \"%d\"".formatted(token));
    List<Hit> byId =
        hits(HashedModel.start("llada", Map.of()), "commit where token = #%d".formatted(token));
    assertThat(byText).isEqualTo(byId).anyMatch(hit -> hit.position() == 9);
    List<Hit> others =
        hits(HashedModel.start("llada", Map.of()), "commit where token != #%d".formatted(token));
    assertThat(byId.size() + others.size()).isEqualTo(12);
  }

  @Test
  void stopsAtRemasksEditsChangesBlocksAndEverySentence() {
    Map<String, String> remasking = Map.of("steps", "24", "eta", "0.5");
    assertThat(hits(HashedModel.start("remdm-cap", remasking), "remask"))
        .isNotEmpty()
        .allSatisfy(hit -> assertThat(hit.sentence()).contains("was remasked at position"));
    assertThat(hits(HashedModel.start("remdm-cap", remasking), "change")).isNotEmpty();
    assertThat(hits(HashedModel.start("llada", Map.of("block", "4")), "block"))
        .extracting(Hit::step)
        .containsExactly(4, 8, 12);
    assertThat(hits(HashedModel.start("llada", Map.of()), "step")).hasSize(12);
    assertThat(hits(HashedModel.start("llada", Map.of()), "breach")).isEmpty();
    assertThat(hits(HashedModel.start("llada", Map.of()), "edit")).isEmpty();
  }

  @Test
  void stopsWhereTheTextIsEnded() {
    TokenRun run = HashedModel.start("llada", Map.of("temperature", "3"));
    List<Hit> hits = hits(run, "eos");
    long ends =
        Arrays.stream(run.state().tokens()).filter(token -> token == HashedModel.END).count();
    assertThat((long) hits.size()).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "jump|'jump' is no event; there are commit, keep",
        "``|it ends where one of commit",
        "commit when x > 1|'when' stands where 'where' should",
        "commit where|it ends where a field should stand",
        "commit where colour > 1|'colour' is no field; there are position",
        "commit where position ~ 1|'~' is none of < <= > >= = !=",
        "commit where position > x|'x' is no number",
        "commit where token > #3|a token is compared by = or !=",
        "commit where token = 3|'3' is no token",
        "commit where token = #9223372036854775808|'#9223372036854775808' is greater than any",
        "commit where position > 1 or step > 2|'or' stands where 'and' should",
      },
      delimiter = '|')
  void whatCannotBeUnderstoodIsSaidInASentence(String text, String sentence) {
    assertThatThrownBy(() -> Breakpoint.of(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void itsTextIsReadBackAsTheSame() {
    String text = "commit where confidence < 0.3 and token = \"a b\"";
    assertThat(Breakpoint.of(text).text()).isEqualTo(text);
    assertThat(Breakpoint.of("remask").text()).isEqualTo("remask");
  }

  private static List<Hit> hits(TokenRun run, String text) {
    Breakpoint breakpoint = Breakpoint.of(text);
    List<Hit> hits = new ArrayList<>();
    while (!run.finished()) {
      run.step();
      breakpoint.hit(run.moment()).ifPresent(hits::add);
    }
    return hits;
  }
}
