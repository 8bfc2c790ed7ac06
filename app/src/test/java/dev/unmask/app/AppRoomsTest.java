package dev.unmask.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
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
import javafx.scene.Node;

/** What the app's rooms may know of each other. */
@AnalyzeClasses(packages = "dev.unmask.app", importOptions = ImportOption.DoNotIncludeTests.class)
class AppRoomsTest {
  private static final String APP = "dev.unmask.app";

  /** Every room below those that it looks into, as in the engine. */
  private static final List<String> ARROWS =
      List.of(
          "theme:",
          "picture: theme",
          "ink: picture theme",
          "session: picture",
          "controls: ink session picture theme",
          "corruption: session controls picture theme",
          "images: corruption session controls picture theme",
          "families: session controls picture theme",
          "playground: corruption session controls picture theme",
          "tokens.inspector: controls picture theme",
          "tokens.timeline: tokens.inspector session controls picture theme",
          "tokens.canvas: tokens.inspector session controls picture theme",
          "compare: tokens.canvas tokens.inspector tokens.timeline session controls picture theme",
          "runs: session controls",
          "tokens: runs compare corruption images tokens.canvas tokens.inspector tokens.timeline"
              + " session controls picture",
          "export.vector: ink picture theme",
          "export: export.vector compare corruption families images playground tokens.canvas"
              + " tokens.timeline session controls picture theme",
          "window: runs compare corruption export families images playground tokens tokens.canvas"
              + " tokens.inspector tokens.timeline session"
              + " controls picture theme",
          "peers:",
          "cli: peers compare export images session picture");

  @ArchTest
  static final ArchRule paintersKnowNoJavaFx =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Painter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx..");

  @ArchTest
  static final ArchRule picturesAreMadeWithoutJavaFx =
      noClasses()
          .that()
          .resideInAnyPackage("..theme..", "..picture..", "..ink..", "..export.vector..", "..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx..");

  @ArchTest
  static final ArchRule viewModelsTouchNoControl =
      noClasses()
          .that(not(assignableTo(Node.class)))
          .and(not(simpleName("Controls")))
          .and(not(simpleNameStartingWith("Workbench")))
          .and()
          .areTopLevelClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene.control..", "javafx.scene.layout..", "javafx.stage..");

  @ArchTest
  static final ArchRule theSameBitsComeOutEverywhere =
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
      if (room(from).isEmpty()) {
        continue;
      }
      Set<String> into = looks.computeIfAbsent(room(from), room -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith(APP + "."))
          .map(AppRoomsTest::room)
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
    assertThat(arrows.keySet()).containsExactlyInAnyOrderElementsOf(looks.keySet());
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

  /** Empty for the program's own package, which starts it and says where its files are. */
  private static String room(JavaClass of) {
    return of.getPackageName().equals(APP) ? "" : of.getPackageName().substring(APP.length() + 1);
  }
}
