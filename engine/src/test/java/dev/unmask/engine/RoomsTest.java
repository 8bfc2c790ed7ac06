package dev.unmask.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the arrows between the engine's rooms. */
@AnalyzeClasses(
    packages = "dev.unmask.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ENGINE = "dev.unmask.engine.";

  /** For each room, those that it may look into besides itself. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("safetensors", List.of()),
          Map.entry("tensor", List.of()),
          Map.entry("random", List.of()),
          Map.entry("noise", List.of("tensor")),
          Map.entry("denoiser", List.of("noise", "image", "tensor", "safetensors")),
          Map.entry("image", List.of("random")),
          Map.entry(
              "playground", List.of("image", "random", "denoiser", "sampler", "run", "trace")),
          Map.entry("trace", List.of("safetensors")),
          Map.entry("convert", List.of("trace", "checkpoint")),
          Map.entry("remote", List.of("denoiser", "checkpoint", "safetensors")),
          Map.entry(
              "sampler", List.of("noise", "random", "denoiser", "image", "trace", "safetensors")),
          Map.entry("checkpoint", List.of("denoiser", "noise", "image", "safetensors", "tensor")),
          Map.entry(
              "run",
              List.of(
                  "sampler",
                  "denoiser",
                  "image",
                  "noise",
                  "trace",
                  "random",
                  "safetensors",
                  "checkpoint")),
          Map.entry(
              "corruption",
              List.of(
                  "noise", "denoiser", "image", "random", "sampler", "trace", "checkpoint", "run")),
          Map.entry(
              "training",
              List.of(
                  "denoiser", "noise", "image", "checkpoint", "tensor", "safetensors", "random")),
          Map.entry(
              "reference",
              List.of(
                  "run",
                  "checkpoint",
                  "sampler",
                  "image",
                  "noise",
                  "denoiser",
                  "trace",
                  "random",
                  "safetensors",
                  "tensor")));

  @ArchTest
  static final ArchRule THE_ENGINE_KNOWS_NO_WINDOW =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("javafx..", "java.awt..");

  @ArchTest
  static final ArchRule ONLY_TENSOR_KNOWS_ND4J =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENGINE + "tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.bytedeco..");

  @TestFactory
  Stream<DynamicTest> everyRoomLooksOnlyWhereItsArrowsPoint() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.unmask.engine");
    return ARROWS.keySet().stream()
        .sorted()
        .map(room -> DynamicTest.dynamicTest(room, () -> rule(room).check(classes)));
  }

  private static ArchRule rule(String room) {
    String[] forbidden =
        ARROWS.keySet().stream()
            .filter(other -> !other.equals(room) && !ARROWS.get(room).contains(other))
            .map(other -> ENGINE + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ENGINE + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }
}
