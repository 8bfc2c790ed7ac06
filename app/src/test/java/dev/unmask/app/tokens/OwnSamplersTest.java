package dev.unmask.app.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.app.controls.Field;
import dev.unmask.app.session.AllowedSamplers;
import dev.unmask.app.session.Announcements;
import dev.unmask.app.session.Problem;
import dev.unmask.engine.sampler.api.SamplerKind;
import dev.unmask.engine.sampler.own.OwnSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSamplersTest {
  private static final Path TEMPLATE = Path.of("..", "samples", "MySampler.java");

  @TempDir Path folder;
  private Path file;
  private final RunViewModel form = Forms.of();
  private final Announcements announcements = new Announcements();
  private final List<Problem> problems = new ArrayList<>();
  private int mended;
  private int runs;
  private OwnSamplers own;

  @BeforeEach
  void copyTheTemplate() throws IOException {
    file = Files.copy(TEMPLATE, folder.resolve("MySampler.java"));
    own =
        new OwnSamplers(
            remembered(),
            form,
            problems::add,
            () -> mended++,
            Runnable::run,
            Runnable::run,
            () -> runs++);
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
  void isRunAgainWhenItsFileIsSavedIfThatWasAskedFor() throws IOException {
    own.take(file);
    own.watch();
    assertThat(runs).isZero();
    form.againOnSaveProperty().set(true);
    own.watch();
    assertThat(runs).isZero();
    Files.writeString(file, Files.readString(file).replace("\"threshold\"", "\"least\""));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    own.watch();
    own.watch();
    assertThat(runs).isEqualTo(1);
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
    int before = mended;
    own.refresh();
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.sentence()).contains("does not compile");
              assertThat(problem.field()).contains("sampler");
              assertThat(problem.remedy()).contains(new Problem.Remedy.Mend(file + ":1"));
            });
    assertThat(form.samplerProperty().get().name()).isEqualTo(file.toString());
    assertThat(mended).isEqualTo(before);
    Files.copy(TEMPLATE, file, StandardCopyOption.REPLACE_EXISTING);
    own.refresh();
    assertThat(mended).isEqualTo(before + 1);
    assertThat(problems).hasSize(1);
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
    assertThat(problems).isEmpty();
  }

  @Test
  void whatWasAllowedAndNotNamedIsNotMadeAnewWhenItChanges() throws IOException {
    own.allow(file.toString(), () -> {});
    own.with(file.toString(), () -> {});
    SamplerKind allowed = form.samplers().getLast();
    Files.writeString(file, Files.readString(file).replace("\"threshold\"", "\"least\""));
    own.refresh();
    assertThat(form.samplers().getLast()).isSameAs(allowed);
    assertThat(problems.getLast().sentence()).contains("has changed since it was allowed");
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
