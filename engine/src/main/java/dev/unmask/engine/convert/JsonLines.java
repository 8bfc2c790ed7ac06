package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line a state, {@code {"step": …, "ids": […]}}; the state after a step may tell what was {@code
 * predicted} in it and with which {@code confidence}. A first line without ids may tell {@code
 * mask_id}, {@code prompt_length}, {@code vocabulary} and {@code model}.
 */
final class JsonLines implements ForeignFormat {
  @Override
  public boolean recognises(List<Item> roots) {
    return lines(roots).stream()
        .limit(2)
        .anyMatch(line -> line instanceof Item.Fields(var byName) && byName.containsKey("ids"));
  }

  /** A list of lines is as good as lines. */
  private static List<Item> lines(List<Item> roots) {
    return roots.size() == 1 && roots.getFirst() instanceof Item.Items(List<Item> items)
        ? items
        : roots;
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    List<Item.Fields> lines = new ArrayList<>();
    for (Item item : lines(roots)) {
      if (!(item instanceof Item.Fields line)) {
        throw file.bad("line %d is no object".formatted(lines.size() + 1));
      }
      lines.add(line);
    }
    Item.Fields head = lines.getFirst();
    List<Item.Fields> steps =
        head.byName().containsKey("ids") ? lines : lines.subList(1, lines.size());
    if (steps.isEmpty()) {
      throw file.bad("it has no line with ids");
    }
    List<int[]> states = new ArrayList<>();
    for (Item.Fields line : steps) {
      checkOrder(file, steps, states.size());
      states.add(ids(file, line, "ids", states.size()));
    }
    Draft.checkStates(file, states);
    Optional<Integer> mask = choices.maskId().or(() -> file.count(head, "mask_id"));
    Optional<Integer> prompt = choices.promptLength().or(() -> file.count(head, "prompt_length"));
    Map<Integer, String> texts = Texts.of(file, head.byName().get("vocabulary"));
    checkTexts(file, head, texts, states);
    String model = head.byName().get("model") instanceof Item.Text(String text) ? text : "";
    Draft draft =
        Draft.of("JSON lines", states, choices)
            .masked(mask, "")
            .named(texts, model)
            .predicting(predicted(file, steps, states), confidence(file, steps, states));
    boolean start = file.count(steps.getFirst(), "step").equals(Optional.of(0));
    return start ? draft.fromItsStart(prompt) : draft;
  }

  private static int[] ids(ForeignFile file, Item.Fields line, String name, int index) {
    String where = "the %s of state %d".formatted(name, index);
    Item item = line.byName().get(name);
    if (item == null) {
      throw file.bad("state %d has no %s".formatted(index, name));
    }
    return file.ids(item, where);
  }

  private static void checkOrder(ForeignFile file, List<Item.Fields> steps, int index) {
    Optional<Integer> step = file.count(steps.get(index), "step");
    if (index > 0 && step.isPresent()) {
      Optional<Integer> before = file.count(steps.get(index - 1), "step");
      if (before.isPresent() && step.get() <= before.get()) {
        throw file.bad("step %d comes after step %d".formatted(step.get(), before.get()));
      }
    }
  }

  /** A list of texts is the whole vocabulary; a map of them need not be. */
  private static void checkTexts(
      ForeignFile file, Item.Fields head, Map<Integer, String> texts, List<int[]> states) {
    if (!(head.byName().get("vocabulary") instanceof Item.Items)) {
      return;
    }
    for (int i = 0; i < states.size(); i++) {
      for (int id : states.get(i)) {
        if (id >= texts.size()) {
          throw file.bad(
              "state %d holds token %d and the vocabulary has %d".formatted(i, id, texts.size()));
        }
      }
    }
  }

  private static List<int[]> predicted(
      ForeignFile file, List<Item.Fields> steps, List<int[]> states) {
    if (steps.stream().noneMatch(line -> line.byName().containsKey("predicted"))) {
      return List.of();
    }
    List<int[]> predicted = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      boolean told = steps.get(i).byName().containsKey("predicted");
      int[] ids = told ? ids(file, steps.get(i), "predicted", i) : new int[0];
      if (told && ids.length != states.get(i).length) {
        throw file.bad(
            "state %d has %d predicted tokens and %d positions"
                .formatted(i, ids.length, states.get(i).length));
      }
      predicted.add(Draft.padded(ids, states.getLast().length));
    }
    return predicted;
  }

  private static List<float[]> confidence(
      ForeignFile file, List<Item.Fields> steps, List<int[]> states) {
    if (steps.stream().noneMatch(line -> line.byName().containsKey("confidence"))) {
      return List.of();
    }
    List<float[]> confidence = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      float[] scores = new float[states.getLast().length];
      Arrays.fill(scores, Float.NaN);
      Item told = steps.get(i).byName().get("confidence");
      if (told != null) {
        float[] some = file.scores(told, states.get(i).length, "the confidence of state " + i);
        System.arraycopy(some, 0, scores, 0, some.length);
      }
      confidence.add(scores);
    }
    return confidence;
  }
}
