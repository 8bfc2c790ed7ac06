package dev.unmask.engine;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the arrows between the engine's rooms. */
@AnalyzeClasses(
    packages = "dev.unmask.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ENGINE = "dev.unmask.engine";

  /**
   * Every room below those that it looks into. A room looks into none that is listed after it, so
   * that there can be no circle.
   */
  private static final List<String> ARROWS =
      List.of(
          "safetensors:",
          "tensor:",
          "arithmetic:",
          "random: arithmetic",
          "noise: arithmetic",
          "noise.gaussian:",
          "denoiser: arithmetic noise noise.gaussian safetensors tensor",
          "denoiser.exact: denoiser noise noise.gaussian tensor",
          "denoiser.transformer: denoiser noise safetensors tensor",
          "denoiser.bert: denoiser denoiser.transformer safetensors tensor",
          "denoiser.dit: denoiser denoiser.transformer noise safetensors tensor",
          "denoiser.unet: denoiser denoiser.transformer noise.gaussian safetensors tensor",
          "trace: safetensors",
          "sampler.api: arithmetic denoiser noise noise.gaussian random safetensors trace",
          "sampler.masked: arithmetic sampler.api denoiser random safetensors trace",
          "sampler.ancestral: arithmetic sampler.api denoiser noise random safetensors trace",
          "sampler.canvas: arithmetic sampler.api denoiser noise random safetensors trace",
          "sampler.block: arithmetic sampler.api sampler.ancestral sampler.canvas denoiser random"
              + " safetensors trace",
          "sampler.image: sampler.api noise.gaussian random",
          "sampler.own: sampler.api denoiser trace",
          "sampler: noise sampler.api sampler.masked sampler.ancestral sampler.canvas sampler.block"
              + " sampler.image sampler.own denoiser trace",
          "checkpoint.jinja:",
          "checkpoint: checkpoint.jinja denoiser denoiser.exact denoiser.transformer denoiser.bert"
              + " denoiser.dit denoiser.unet noise noise.gaussian safetensors tensor",
          "convert: trace",
          "remote: checkpoint denoiser safetensors",
          "check: denoiser sampler.api trace",
          "run: arithmetic check checkpoint denoiser noise noise.gaussian random sampler"
              + " sampler.api sampler.own trace",
          "corruption: arithmetic checkpoint denoiser noise noise.gaussian random run sampler"
              + " sampler.api trace",
          "playground: denoiser noise.gaussian random run sampler.api trace",
          "families: denoiser noise.gaussian playground random run sampler.api tensor trace",
          "training.bpe:",
          "training: training.bpe checkpoint denoiser denoiser.transformer denoiser.unet noise"
              + " noise.gaussian random safetensors tensor",
          "evaluation: arithmetic checkpoint denoiser denoiser.unet noise noise.gaussian random run"
              + " sampler.api sampler.image training",
          "reference: checkpoint denoiser families run sampler sampler.api sampler.own trace",
          "reference.recordings: reference checkpoint denoiser noise noise.gaussian random run"
              + " safetensors sampler sampler.api sampler.block sampler.image sampler.masked tensor"
              + " trace");

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NO_WINDOW =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("javafx..", "java.awt..");

  @ArchTest
  static final ArchRule ONLY_TENSOR_KNOWS_ND4J =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENGINE + ".tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @ArchTest
  static final ArchRule THE_SAME_BITS_COME_OUT_EVERYWHERE =
      noClasses()
          .should()
          .accessTargetWhere(
              target(owner(type(Math.class)))
                  .and(
                      target(
                          nameMatching(
                              "a?(sin|cos|tan)h?|atan2|hypot|cbrt|pow|exp|expm1|log|log10|log1p"))))
          .because(
              "their last bits differ from processor to processor and from interpreted to compiled"
                  + " code; StrictMath has the same everywhere, and so have what is recorded,"
                  + " trained and painted");

  @ArchTest
  static void everyRoomLooksOnlyWhereItsArrowsPoint(JavaClasses classes) {
    Map<String, Set<String>> looks = new TreeMap<>();
    for (JavaClass from : classes) {
      Set<String> into = looks.computeIfAbsent(room(from), room -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith(ENGINE + "."))
          .map(RoomsTest::room)
          .filter(to -> !to.equals(room(from)))
          .forEach(into::add);
    }
    Map<String, Set<String>> arrows = arrows();
    List<String> astray = new ArrayList<>();
    looks.forEach(
        (room, into) ->
            into.stream()
                .filter(to -> !arrows.getOrDefault(room, Set.of()).contains(to))
                .forEach(to -> astray.add(room + " looks into " + to)));
    assertThat(astray).isEmpty();
    assertThat(arrows.keySet())
        .containsExactlyInAnyOrderElementsOf(
            looks.keySet().stream().filter(room -> !room.isEmpty()).toList());
  }

  @ArchTest
  static void noRoomLooksIntoOneAboveIt(JavaClasses classes) {
    List<String> rooms = ARROWS.stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
    arrows()
        .forEach(
            (room, into) ->
                assertThat(into)
                    .as(room)
                    .allMatch(to -> rooms.contains(to) && rooms.indexOf(to) < rooms.indexOf(room)));
  }

  private static Map<String, Set<String>> arrows() {
    return ARROWS.stream()
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')),
                line ->
                    Stream.of(line.substring(line.indexOf(':') + 1).split(" "))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.toSet())));
  }

  /** Empty for what all rooms share. */
  private static String room(JavaClass of) {
    return of.getPackageName().equals(ENGINE)
        ? ""
        : of.getPackageName().substring(ENGINE.length() + 1);
  }
}
