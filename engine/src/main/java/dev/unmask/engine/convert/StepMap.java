package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * When each token of an answer was first unmasked, as <a
 * href="https://github.com/Gen-Verse/dLLM-RL">dLLM-RL</a> and SDAR write it: {@code step_map} or
 * {@code first_unmask_times} beside the tokens' ids or texts. What was remasked is not in it.
 */
final class StepMap implements ForeignFormat {
  private static final List<String> MAPS =
      List.of("step_map", "first_unmask_times", "first_unmask_time");
  private static final List<String> IDS = List.of("token_ids", "ids", "gen_ids");
  private static final List<String> PIECES = List.of("pieces", "tokens");

  @Override
  public boolean recognises(List<Item> roots) {
    return roots.size() == 1 && sample(roots.getFirst(), 0).isPresent();
  }

  /** One answer, or a list of them, or such a list under {@code data}. */
  private static Optional<Item.Fields> sample(Item root, int row) {
    return switch (root) {
      case Item.Fields fields when MAPS.stream().anyMatch(fields.byName()::containsKey) ->
          Optional.of(fields);
      case Item.Fields(var byName) when byName.containsKey("data") ->
          sample(byName.get("data"), row);
      case Item.Items(List<Item> items)
          when row < items.size() && items.get(row) instanceof Item.Fields fields ->
          MAPS.stream().anyMatch(fields.byName()::containsKey)
              ? Optional.of(fields)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    Item.Fields sample =
        sample(roots.getFirst(), choices.row())
            .orElseThrow(() -> file.bad("it has no answer numbered " + choices.row()));
    int[] steps = file.ids(only(file, field(sample, MAPS).orElseThrow()), "its step map");
    Map<Integer, String> texts = new HashMap<>();
    int[] ids = tokens(file, sample, texts);
    if (ids.length != steps.length) {
      throw file.bad(
          "its step map is of %d tokens and there are %d".formatted(steps.length, ids.length));
    }
    Optional<Integer> told = choices.maskId().or(() -> file.count(sample, "mask_id"));
    int mask = told.orElseGet(() -> Placeholder.mask(List.of(ids), choices));
    String remark = "the answer alone; first unmasking only, so nothing remasked or edited shows";
    return Draft.of("a step map (dLLM-RL, SDAR)", states(file, ids, steps, mask), choices)
        .masked(Optional.of(mask), told.isPresent() ? remark : remark + "; " + Placeholder.REMARK)
        .named(texts, "");
  }

  private static Optional<Item> field(Item.Fields sample, List<String> names) {
    return names.stream()
        .filter(sample.byName()::containsKey)
        .findFirst()
        .map(sample.byName()::get);
  }

  /** A list of one answer is as good as the answer. */
  private static Item only(ForeignFile file, Item item) {
    if (item instanceof Item.Items(List<Item> answers)) {
      if (answers.size() != 1) {
        throw file.bad(
            "its step map is of %d answers to one question; leave one".formatted(answers.size()));
      }
      return answers.getFirst();
    }
    return item;
  }

  private static int[] tokens(ForeignFile file, Item.Fields sample, Map<Integer, String> texts) {
    Optional<Item> ids = field(sample, IDS);
    Optional<Item> pieces = field(sample, PIECES);
    if (ids.isEmpty() && pieces.isEmpty()) {
      throw file.bad("it tells neither the token_ids of the answer nor their pieces");
    }
    if (ids.isPresent()) {
      return file.ids(only(file, ids.get()), "its list of ids");
    }
    Map<String, Integer> numbers = new HashMap<>();
    List<Integer> numbered = new ArrayList<>();
    for (Item item : file.list(pieces.get(), "its list of pieces")) {
      if (!(item instanceof Item.Text(String text))) {
        throw file.bad("its list of pieces holds what is no text");
      }
      numbered.add(numbers.computeIfAbsent(text, _ -> numbers.size()));
    }
    numbers.forEach((text, number) -> texts.put(number, text));
    return numbered.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<int[]> states(ForeignFile file, int[] ids, int[] steps, int mask) {
    int last = IntStream.of(steps).max().orElse(0);
    if (IntStream.of(steps).anyMatch(step -> step < 0)) {
      throw file.bad("its step map holds −1, and steps count from 0");
    }
    if (last + 2L > Draft.MOST_STATES || (last + 2L) * ids.length > Draft.MOST_CELLS) {
      throw file.bad("its step map names step %d, more than can be shown".formatted(last));
    }
    List<int[]> states = new ArrayList<>();
    for (int state = 0; state <= last + 1; state++) {
      int now = state;
      states.add(IntStream.range(0, ids.length).map(i -> steps[i] < now ? ids[i] : mask).toArray());
    }
    return states;
  }

  /**
   * What stands for the mask where a file tells that a position is masked and not by which token.
   */
  static final class Placeholder {
    static final String REMARK = "the mask's id is not told, so a free one stands for it";

    private Placeholder() {}

    /** An id above all that there are. */
    static int mask(List<int[]> rows, Choices choices) {
      int greatest = rows.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
      return Math.max(greatest + 1, choices.vocabulary().size());
    }
  }
}
