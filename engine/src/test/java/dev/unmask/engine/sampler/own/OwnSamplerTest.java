package dev.unmask.engine.sampler.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Vocabulary;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.sampler.api.SettingException;
import dev.unmask.engine.sampler.api.TokenSampler;
import dev.unmask.engine.sampler.masked.Llada;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSamplerTest {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");
  private static final Vocabulary VOCABULARY = new Vocabulary(4, 3, new int[0]);

  @TempDir Path folder;

  @Test
  void theTemplateDescribesItselfUnderTheNameItWasAskedBy() {
    SamplerKind kind = named(TEMPLATE.toString());
    assertThat(kind.name()).isEqualTo(TEMPLATE.toString());
    assertThat(kind.title()).isEqualTo("My sampler");
    assertThat(kind.settings()).extracting(Setting::name).containsExactly("threshold");
  }

  @Test
  void anUnchangedFileIsNotCompiledAgainAndAChangedOneIs() throws IOException {
    String name = template("MySampler.java", text -> text).toString();
    SamplerKind first = named(name);
    assertThat(named(name)).isSameAs(first);
    template("MySampler.java", text -> text.replace("\"My sampler\"", "\"Mine\""));
    assertThat(named(name).title()).isEqualTo("Mine");
  }

  @Test
  void aClassOnTheClassPathIsFoundByItsName() {
    assertThat(named("dev.unmask.engine.sampler.masked.Llada").title())
        .isEqualTo(Llada.KIND.title());
  }

  @Test
  void aSettingOutOfRangeIsAMistakeAndNoFault() {
    SamplerKind kind = named(TEMPLATE.toString());
    assertThatThrownBy(() -> kind.create(Map.of("threshold", "2"), VOCABULARY))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("threshold");
  }

  @Test
  void anErrorOfTheCompilerIsToldWithItsLine() throws IOException {
    Path broken = template("MySampler.java", text -> text.replace("int[] masks =", "int masks ="));
    assertFails(broken.toString(), broken + ":", "does not compile: incompatible types");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertFails("nowhere/Mine.java", "nowhere/Mine.java cannot be read");
  }

  @Test
  void aClassThatDoesNotDescribeItselfIsTold() throws IOException {
    Path bare = Files.writeString(folder.resolve("Bare.java"), "public class Bare {}");
    assertFails(bare.toString(), "Bare", "KIND");
    Path hidden =
        Files.writeString(folder.resolve("Hidden.java"), "public class Hidden { Object KIND; }");
    assertFails(hidden.toString(), "Hidden", "KIND");
  }

  @Test
  void aFileWhoseClassHasAnotherNameIsTold() throws IOException {
    Path other = Files.writeString(folder.resolve("Other.java"), "class Another {}");
    assertFails(other.toString(), "no class Other");
  }

  @Test
  void whatAStaticInitializerThrowsIsTold() throws IOException {
    Path broken =
        Files.writeString(
            folder.resolve("Broken.java"),
            "public class Broken { public static final Object KIND = 1 / Integer.parseInt(\"0\"); }");
    assertFails(broken.toString(), "/ by zero");
  }

  @Test
  void whatIsThrownNamesTheMethodAndTheLine() throws IOException {
    Path broken =
        template(
            "MySampler.java",
            text -> text.replace("return RowMeaning.CLEAN_LOGITS;", "throw new Error(\"oh\");"));
    TokenSampler sampler = named(broken.toString()).create(Map.of(), VOCABULARY);
    assertThatThrownBy(sampler::rowMeaning)
        .isInstanceOf(SamplerFault.class)
        .hasMessageContainingAll("java.lang.Error: oh", "in rowMeaning", "(MySampler.java:");
  }

  private Path template(String name, UnaryOperator<String> change) throws IOException {
    return Files.writeString(folder.resolve(name), change.apply(Files.readString(TEMPLATE)));
  }

  private static SamplerKind named(String name) {
    return Samplers.named(name, SamplerPermission.named(name));
  }

  private static void assertFails(String name, String... words) {
    assertThatThrownBy(() -> named(name))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(words);
  }
}
