package dev.unmask.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.engine.families.Families;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class FamiliesCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Unmask.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void aLineForEachFamilyTellsItsFiguresInWordsThatAScriptCanFind() {
    assertThat(run("families", "--data=ring", "--train=gan,vae,gaussian", "--steps=4")).isZero();
    String number = "-?\\d+\\.\\d+";
    String rest =
        " modes [0-8] of 8 evaluations 1 ms %1$s parameters \\d+ seconds %1$s sampled-kl %1$s"
            .formatted(number);
    assertThat(out.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("gan kl " + number + " nll none" + rest),
            line -> assertThat(line).matches("vae kl <=" + number + " nll <=" + number + rest),
            line -> assertThat(line).matches("gaussian kl " + number + " nll " + number + rest));
    assertThat(err.toString()).contains("vae: step 4 of 4, reconstruction ", ", kl ");
  }

  @Test
  void theSameSeedWritesTheSameBytesAndTheyAreVerified() throws IOException {
    for (String name : new String[] {"one", "two"}) {
      String to = "--out=" + folder.resolve(name);
      assertThat(run("families", "--train=gan,flow", "--steps=3", "--seed=5", to)).isZero();
    }
    for (String family : new String[] {"gan", "flow"}) {
      String file = family + "-ring.trace.safetensors";
      assertThat(Files.readAllBytes(folder.resolve("one").resolve(file)))
          .isEqualTo(Files.readAllBytes(folder.resolve("two").resolve(file)));
    }
    assertThat(run("verify", folder.resolve("one").toString())).isZero();
    assertThat(out.toString()).contains("2 of 2 equal");
  }

  @Test
  void aTrainingBranchesWithAnotherSetting() {
    String to = "--out=" + folder;
    assertThat(run("families", "--train=gan", "--steps=6", "--frames=3", to)).isZero();
    String parent = folder.resolve("gan-ring.trace.safetensors").toString();
    Path branch = folder.resolve("branch.trace.safetensors");
    String set = "--set=generator-rate=1";
    assertThat(run("branch", parent, "--at=2", set, "--seed=4", "--trace=" + branch)).isZero();
    assertThat(out.toString()).startsWith("gan kl ");
    try (var trace = TraceKind.TRAININGS.open(branch)) {
      assertThat(trace.header().parent().orElseThrow().step()).isEqualTo(2);
      assertThat(trace.header().segments()).hasSize(2);
    }
    assertThat(run("verify", branch.toString())).isZero();
  }

  @Test
  void withNothingToTrainFamiliesAndDataAreListed() {
    assertThat(run("families")).isZero();
    Families.ALL.forEach(
        family -> assertThat(out.toString()).contains("\n" + family.name() + ": "));
    assertThat(out.toString()).contains("  ring ", "  ink ", "implicit density");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--train=nope | There is no family 'nope'; there are gaussian, ",
        "--data=nope | There are no data 'nope'; there are swiss-roll, two-moons, rings, ring, ink",
        "--train=gan --set=gan.loss=nope | The setting loss is 'nope', but it must be vanilla",
        "--train=gan --set=gan.nope=1 | There is no setting 'nope'; there are loss",
        "--train=gan --set=loss=vanilla | is of no family that is trained",
        "--data=points:1 | 0 points were drawn; draw 1 to 1000."
      })
  void whatThereIsNotIsToldInOneSentence(String arguments, String sentence) {
    assertThat(run(("families " + arguments).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(sentence);
  }

  @Test
  void aTrainingIsExported() {
    assertThat(run("families", "--train=gaussian", "--steps=2", "--out=" + folder)).isZero();
    String trace = folder.resolve("gaussian-ring.trace.safetensors").toString();
    Path picture = folder.resolve("training.png");
    assertThat(run("export", trace, picture.toString(), "--size=320x240")).isZero();
    assertThat(picture).isNotEmptyFile();
    assertThat(run("export", trace, picture.toString(), "--view=strip")).isEqualTo(2);
    assertThat(err.toString()).contains("The view strip is of other traces");
  }

  @Test
  void commandsOfOtherTracesSayWhatATrainingIs() {
    assertThat(run("families", "--train=gaussian", "--steps=2", "--out=" + folder)).isZero();
    String trace = folder.resolve("gaussian-ring.trace.safetensors").toString();
    for (String[] command :
        new String[][] {
          {"check", trace},
          {"compare", trace, trace},
          {"run", "--from=" + trace}
        }) {
      assertThat(run(command)).isEqualTo(2);
      assertThat(err.toString()).contains("is a trace of a training, and one of tokens is needed");
    }
  }
}
