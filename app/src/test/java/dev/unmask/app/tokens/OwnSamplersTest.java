package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.controls.Field;
import dev.unmask.app.session.AllowedSamplers;
import dev.unmask.app.session.Announcements;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.own.OwnSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSamplersTest {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");

  @TempDir Path folder;
  private Path file;
  private final RunViewModel form = Forms.of();
  private final Announcements announcements = new Announcements();
  private OwnSamplers own;

  @BeforeEach
  void copyTheTemplate() throws IOException {
    file = Files.copy(TEMPLATE, folder.resolve("MySampler.java"));
    own = new OwnSamplers(remembered(), form, announcements::say, Runnable::run, Runnable::run);
  }

  @Test
  void isOfferedBesideTheOthersAndChosen() {
    int before = form.samplers().size();
    own.take(file);
    assertThat(form.samplers()).hasSize(before + 1);
    assertThat(form.samplerProperty().get().name()).isEqualTo(file.toString());
    assertThat(form.fields()).extracting(Field::name).containsExactly("threshold");
  }

  @Test
  void isMadeAnewWhenItsFileChanged() throws IOException {
    own.take(file);
    int offered = form.samplers().size();
    Files.writeString(file, Files.readString(file).replace("\"threshold\"", "\"least\""));
    own.refresh();
    assertThat(form.samplers()).hasSize(offered);
    assertThat(form.fields()).extracting(Field::name).containsExactly("least");
  }

  @Test
  void staysAsItIsWhileItsFileDidNotChange() {
    own.take(file);
    Field field = form.fields().getFirst();
    own.refresh();
    assertThat(form.fields().getFirst()).isSameAs(field);
  }

  @Test
  void staysAndTellsWhyWhenItsFileDoesNotCompile() throws IOException {
    own.take(file);
    Files.writeString(file, "class {");
    own.refresh();
    assertThat(announcements.next().orElseThrow()).contains("does not compile");
    assertThat(form.samplerProperty().get().name()).isEqualTo(file.toString());
  }

  @Test
  void aTraceOfOneBringsItsSamplerAlongIfItIsAllowed() {
    own.with(file.toString(), () -> form.seed().textProperty().set("9"));
    assertThat(form.samplers()).extracting(SamplerKind::name).doesNotContain(file.toString());
    assertThat(form.seed().textProperty().get()).isEqualTo("1");
    own.allow(file.toString(), () -> {});
    own.with(file.toString(), () -> form.seed().textProperty().set("9"));
    assertThat(form.samplers().getLast().name()).isEqualTo(file.toString());
    assertThat(form.seed().textProperty().get()).isEqualTo("9");
    assertThat(announcements.next()).isEmpty();
  }

  @Test
  void whatWasAllowedAndNotNamedIsNotMadeAnewWhenItChanges() throws IOException {
    own.allow(file.toString(), () -> {});
    own.with(file.toString(), () -> {});
    SamplerKind allowed = form.samplers().getLast();
    Files.writeString(file, Files.readString(file).replace("\"threshold\"", "\"least\""));
    own.refresh();
    assertThat(form.samplers().getLast()).isSameAs(allowed);
    assertThat(announcements.next().orElseThrow()).contains("has changed since it was allowed");
    own.take(file);
    assertThat(form.fields()).extracting(Field::name).containsExactly("least");
  }

  @Test
  void whatWasAllowedIsRememberedUntilItChanges() throws IOException {
    own.allow(file.toString(), () -> {});
    OwnSampler sampler = OwnSampler.of(file.toString()).orElseThrow();
    assertThat(remembered().allows(sampler)).isTrue();
    Files.writeString(file, Files.readString(file) + "// changed\n");
    assertThat(remembered().allows(OwnSampler.of(file.toString()).orElseThrow())).isFalse();
  }

  private AllowedSamplers remembered() {
    return new AllowedSamplers(folder.resolve("samplers.json"), announcements::say);
  }
}
