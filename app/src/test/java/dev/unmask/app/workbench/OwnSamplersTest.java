package dev.unmask.app.workbench;

import static org.assertj.core.api.Assertions.assertThat;

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
  private final RunForm form = Forms.of();
  private final Announcements announcements = new Announcements();
  private final OwnSamplers own =
      new OwnSamplers(form, announcements::say, Runnable::run, Runnable::run);

  @BeforeEach
  void copyTheTemplate() throws IOException {
    file = Files.copy(TEMPLATE, folder.resolve("MySampler.java"));
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
  void aTraceOfOneBringsItsSamplerAlong() {
    own.with(file.toString(), () -> form.seed().textProperty().set("9"));
    assertThat(form.samplers().getLast().name()).isEqualTo(file.toString());
    assertThat(form.seed().textProperty().get()).isEqualTo("9");
  }
}
