package dev.unmask.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No test is lost from either module while tests are moved and renamed; there may be more. */
class TestNamesTest {
  private static final String LIST = "tests.txt";
  private static final String REPLACED = "replaced.txt";

  /** The annotations that make a test of a method, or of a field. */
  private static final Set<String> TESTS =
      Stream.of(
              "Test",
              "TestFactory",
              "TestTemplate",
              "RepeatedTest",
              "ParameterizedTest",
              "ArchTest")
          .collect(Collectors.toUnmodifiableSet());

  @Test
  void everyTestThatWasIsThereOrIsReplaced() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path module : List.of(Path.of("../engine"), Path.of("."))) {
      found.addAll(tests(module.resolve("target/test-classes")));
    }
    if (Inventory.WRITING) {
      Set<String> all = new TreeSet<>(Inventory.lines(LIST));
      all.addAll(found);
      Files.write(Inventory.FOLDER.resolve(LIST), all);
    }
    Map<String, String> replaced = replaced();
    assertThat(Inventory.lines(LIST).stream().filter(name -> !isThere(name, found, replaced)))
        .as(
            "tests that are gone; say what replaces each in %s by a line such as"
                + " 'OldTest.method -> NewTest.other', or of a class that was renamed whole"
                + " 'OldTest -> NewTest'",
            Inventory.FOLDER.resolve(REPLACED))
        .isEmpty();
  }

  private static Map<String, String> replaced() {
    Map<String, String> replaced = new HashMap<>();
    for (String line : Inventory.lines(REPLACED)) {
      String[] sides = line.split(" -> ");
      assertThat(sides).as(line).hasSize(2);
      replaced.put(sides[0].strip(), sides[1].strip());
    }
    return replaced;
  }

  /** What replaces a test may itself have been replaced later; each replacement is taken once. */
  private static boolean isThere(String name, Set<String> found, Map<String, String> replaced) {
    Map<String, String> left = new HashMap<>(replaced);
    String now = name;
    while (!found.contains(now)) {
      String type = now.substring(0, now.indexOf('.'));
      String method = now.substring(now.indexOf('.'));
      String next = left.remove(now);
      if (next == null && left.containsKey(type)) {
        next = left.remove(type) + method;
      }
      if (next == null || next.indexOf('.') < 0) {
        return false;
      }
      now = next;
    }
    return true;
  }

  /** As {@code SimpleClassName.name}, of a folder of class files. */
  private static Set<String> tests(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(TestNamesTest::parse)
          .flatMap(TestNamesTest::tests)
          .collect(Collectors.toSet());
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> tests(ClassModel type) {
    String name = type.thisClass().asInternalName();
    String simple = name.substring(name.lastIndexOf('/') + 1);
    return Stream.concat(
            type.methods().stream()
                .filter(TestNamesTest::isTest)
                .map(method -> method.methodName().stringValue()),
            type.fields().stream()
                .filter(TestNamesTest::isTest)
                .map(field -> field.fieldName().stringValue()))
        .map(test -> simple + "." + test);
  }

  private static boolean isTest(AttributedElement element) {
    return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(annotations -> annotations.annotations().stream())
        .map(annotation -> annotation.className().stringValue())
        .anyMatch(
            type -> TESTS.contains(type.substring(type.lastIndexOf('/') + 1, type.length() - 1)));
  }
}
