package dev.unmask.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import javafx.scene.Node;

/** What the app's rooms may know of each other. */
@AnalyzeClasses(packages = "dev.unmask.app", importOptions = ImportOption.DoNotIncludeTests.class)
class AppRoomsTest {
  @ArchTest
  static final ArchRule picturesAreMadeWithoutJavaFx =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..theme..",
              "..picture..",
              "..canvas..",
              "..timeline..",
              "..inspector..",
              "..debugger..",
              "..corruption..",
              "..images..",
              "..playground..",
              "..export..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javafx..");

  @ArchTest
  static final ArchRule viewModelsTouchNoControl =
      noClasses()
          .that()
          .resideInAPackage("..workbench..")
          .and(not(assignableTo(Node.class)))
          .and(not(simpleName("Controls")))
          .and(not(simpleNameStartingWith("Workbench")))
          .and()
          .areTopLevelClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene.control..", "javafx.scene.layout..", "javafx.stage..");

  @ArchTest
  static final ArchRule onlyTheProgramKnowsTheWindow =
      classes()
          .that()
          .resideInAPackage("..workbench..")
          .should()
          .onlyBeAccessed()
          .byAnyPackage("..workbench..", "..cli..", "dev.unmask.app");
}
