package dev.unmask.engine.sampler.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplerPermissionTest {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");

  @TempDir Path folder;
  private String name;
  private Path ran;

  @BeforeEach
  void aSamplerThatLeavesAFileWhereItRan() throws IOException {
    ran = folder.resolve("ran");
    String source =
        Files.readString(TEMPLATE)
            .replace(
                "  private final Settings settings;",
                """
                  static {
                    new java.io.File("%s").mkdir();
                  }

                  private final Settings settings;"""
                    .formatted(ran.toString().replace("\\", "\\\\")));
    name = Files.writeString(folder.resolve("MySampler.java"), source).toString();
  }

  @Test
  void aNameAloneMakesNothingRunThatSomebodyWrote() {
    assertRefused(() -> Samplers.named(name));
    assertRefused(() -> Samplers.of(segment(Optional.empty()), SamplerPermission.NONE));
    assertRefused(() -> Samplers.named("dev.unmask.engine.sampler.masked.Llada"));
    assertThat(ran).doesNotExist();
  }

  @Test
  void whatIsNotAllowedIsNotEvenRead() {
    assertRefused(() -> Samplers.named(folder.resolve("Gone.java").toString()));
    assertRefused(() -> Samplers.named("\0.java"));
    assertRefused(() -> Samplers.named("no.such.Class"));
  }

  @Test
  void whatTheUserNamedIsRunHoweverThePathIsWritten() {
    String other = folder.resolve("here/../MySampler.java").toString();
    SamplerPermission permission = SamplerPermission.named(other);
    assertThat(Samplers.named(name, permission).title()).isEqualTo("My sampler");
    assertThat(ran).exists();
    assertRefused(() -> Samplers.named(TEMPLATE.toString(), permission));
    assertRefused(() -> Samplers.named(name, SamplerPermission.named("llada")));
  }

  @Test
  void aSamplerTellsTheFingerprintOfItsSource() throws IOException {
    String sha256 = Samplers.named(name, SamplerPermission.named(name)).sha256().orElseThrow();
    assertThat(sha256).hasSize(64).isEqualTo(OwnSampler.of(name).orElseThrow().sha256());
    Files.writeString(Path.of(name), Files.readString(Path.of(name)) + "\n");
    assertThat(OwnSampler.of(name).orElseThrow().sha256()).isNotEqualTo(sha256);
    String onPath = "dev.unmask.engine.sampler.masked.Llada";
    assertThat(Samplers.named(onPath, SamplerPermission.named(onPath)).sha256()).isPresent();
    assertThat(Samplers.named("llada").sha256()).isEmpty();
  }

  @Test
  void anotherVersionThanTheOneThatMadeATraceIsNotRunForIt() {
    SamplerPermission permission = SamplerPermission.named(name);
    String sha256 = OwnSampler.of(name).orElseThrow().sha256();
    var refused =
        catchThrowableOfType(
            RefusedSamplerException.class,
            () -> Samplers.of(segment(Optional.of("0".repeat(64))), permission));
    assertThat(refused)
        .hasMessage(
            "The sampler %s is not the version that made the trace (its SHA-256 is now %s…); bring that version back, or choose a sampler to go on with.",
            name, sha256.substring(0, 12));
    assertThat(ran).doesNotExist();
    assertThat(Samplers.of(segment(Optional.of(sha256)), permission).name()).isEqualTo(name);
  }

  private Segment segment(Optional<String> sha256) {
    return new Segment(0, name, Map.of(), List.of(), sha256, OptionalLong.empty());
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RefusedSamplerException.class)
        .hasMessageEndingWith(
            "is somebody's own program, which a trace alone does not run; look at it, and allow it with --allow-sampler.");
  }
}
