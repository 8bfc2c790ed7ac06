package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What <a href="https://github.com/pixeli99/Prophet">Prophet</a> and DLM-Decoding-Analysis record:
 * x̂0 of every step ({@code x0_history}) and which (batch, position) each committed ({@code
 * true_indices_history}). The prompt's ids are not in it, so positions are counted from its end.
 */
final class PredictionHistory implements ForeignFormat {
  private static final String PREDICTIONS = "x0_history";
  private static final String COMMITS = "true_indices_history";
  private static final List<String> PROMPT = List.of("prompt_token_len", "prompt_length");

  @Override
  public boolean recognises(List<Item> roots) {
    return ForeignFormat.hasField(roots, List.of(PREDICTIONS));
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    Item.Fields root = (Item.Fields) roots.getFirst();
    int prompt =
        choices
            .promptLength()
            .or(() -> file.count(root, PROMPT.getFirst()))
            .or(() -> file.count(root, PROMPT.getLast()))
            .orElseThrow(() -> file.bad("it does not tell prompt_token_len"));
    List<int[]> predicted = predictions(file, root.byName().get(PREDICTIONS), prompt);
    int length = predicted.getFirst().length;
    List<List<int[]>> commits = commits(file, root.byName().get(COMMITS));
    if (commits.size() != predicted.size()) {
      throw file.bad(
          "it has predictions of %d steps and commits of %d"
              .formatted(predicted.size(), commits.size()));
    }
    Optional<int[]> last = last(file, root, length);
    Optional<Integer> told = choices.maskId().or(() -> file.count(root, "mask_id"));
    int mask = told.orElseGet(() -> StepMap.Placeholder.mask(predicted, choices));
    List<int[]> states = new ArrayList<>();
    states.add(new int[length]);
    Arrays.fill(states.getFirst(), mask);
    for (int step = 0; step < predicted.size(); step++) {
      int[] next = states.getLast().clone();
      for (int[] commit : commits.get(step)) {
        int position = position(file, commit, prompt, length, step);
        boolean counts = commit[0] == choices.row() && position >= 0 && next[position] == mask;
        if (counts) {
          next[position] = predicted.get(step)[position];
        }
      }
      states.add(next);
    }
    last.ifPresent(ids -> fill(file, states.getLast(), ids, mask));
    return Draft.of("a history of predictions (Prophet, DLM-Decoding-Analysis)", states, choices)
        .predicting(predicted, List.of())
        .masked(Optional.of(mask), remark(prompt, told))
        .fromItsStart(Optional.empty());
  }

  private static String remark(int prompt, Optional<Integer> told) {
    String where = "the answer alone, behind a prompt of %d tokens".formatted(prompt);
    return told.isPresent() ? where : where + "; " + StepMap.Placeholder.REMARK;
  }

  /** Without the prompt's positions: what a model predicts there is not what stands there. */
  private static List<int[]> predictions(ForeignFile file, Item history, int prompt) {
    List<int[]> rows = new ArrayList<>();
    addRows(file, history, rows);
    if (rows.isEmpty()) {
      throw file.bad("its x0_history is empty");
    }
    List<int[]> answers = new ArrayList<>();
    for (int[] row : rows) {
      if (row.length != rows.getFirst().length) {
        throw file.bad(
            "step %d predicts %d tokens and step 0 %d"
                .formatted(answers.size(), row.length, rows.getFirst().length));
      }
      if (row.length <= prompt) {
        throw file.bad(
            "its prompt has %d tokens, which leaves nothing of %d".formatted(prompt, row.length));
      }
      answers.add(Arrays.copyOfRange(row, prompt, row.length));
    }
    return answers;
  }

  /** Blocks, steps and a batch of one are levels of lists, each of which may be left out. */
  private static void addRows(ForeignFile file, Item item, List<int[]> rows) {
    if (item instanceof Item.Items(List<Item> items)) {
      items.forEach(inner -> addRows(file, inner, rows));
    } else {
      rows.add(file.ids(item, "step %d of its x0_history".formatted(rows.size())));
    }
  }

  /** Of each step, (batch, position). */
  private static List<List<int[]>> commits(ForeignFile file, Item history) {
    if (history == null) {
      throw file.bad("it has no true_indices_history");
    }
    List<List<int[]>> steps = new ArrayList<>();
    addSteps(file, history, steps);
    return steps;
  }

  private static void addSteps(ForeignFile file, Item item, List<List<int[]>> steps) {
    String where = "step %d of its true_indices_history".formatted(steps.size());
    if (item instanceof Item.Items(List<Item> items)) {
      boolean pairs =
          items.stream()
              .allMatch(pair -> pair instanceof Item.Numbers(double[] two) && two.length == 2);
      if (pairs) {
        steps.add(items.stream().map(pair -> file.ids(pair, where)).toList());
      } else {
        items.forEach(inner -> addSteps(file, inner, steps));
      }
    } else if (item instanceof Item.Numbers(double[] none) && none.length == 0) {
      steps.add(List.of());
    } else {
      throw file.bad(where + " is no list of (batch, position)");
    }
  }

  /** Counted from the end of the prompt; negative within it. */
  private static int position(ForeignFile file, int[] commit, int prompt, int length, int step) {
    int position = commit[1] - prompt;
    if (commit[1] < 0 || position >= length) {
      throw file.bad(
          "step %d commits position %d of %d".formatted(step, commit[1], prompt + length));
    }
    return position;
  }

  /** The answer, if it is told. */
  private static Optional<int[]> last(ForeignFile file, Item.Fields root, int length) {
    Item item = root.byName().get("gen_ids");
    if (item == null) {
      return Optional.empty();
    }
    int[] ids = file.ids(item, "its gen_ids");
    if (ids.length != length) {
      throw file.bad("its gen_ids are %d and its predictions of %d".formatted(ids.length, length));
    }
    return Optional.of(ids);
  }

  /** Tokens that were forced, or filled in by an early exit, are known from the answer alone. */
  private static void fill(ForeignFile file, int[] last, int[] answer, int mask) {
    for (int i = 0; i < last.length; i++) {
      if (last[i] != mask && last[i] != answer[i]) {
        throw file.bad(
            "its steps commit token %d at position %d of the answer, where gen_ids has %d"
                .formatted(last[i], i, answer[i]));
      }
      last[i] = answer[i];
    }
  }
}
