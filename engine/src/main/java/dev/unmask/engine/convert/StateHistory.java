package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The states of a run from its start on, prompt included, as dllm, Dream and LaViDa hand them over:
 * {@code histories} or {@code history}, each of [T] ids or of a batch [B, T].
 */
final class StateHistory implements ForeignFormat {
  private static final List<String> NAMES = List.of("histories", "history", "states");

  @Override
  public boolean recognises(List<Item> roots) {
    return roots.size() == 1 && history(roots.getFirst()).isPresent();
  }

  /** A list of lists, or what has such a name, or the arrays of an archive. */
  private static Optional<Item> history(Item root) {
    return switch (root) {
      case Item.Fields(var byName) -> {
        Optional<Item> named =
            NAMES.stream().filter(byName::containsKey).findFirst().map(byName::get);
        List<Item> numbered =
            IntStream.range(0, byName.size())
                .mapToObj(i -> byName.get("arr_" + i))
                .filter(array -> array != null)
                .toList();
        if (named.isPresent() || numbered.isEmpty()) {
          yield named;
        }
        yield Optional.of(numbered.size() == 1 ? numbered.getFirst() : new Item.Items(numbered));
      }
      case Item.Items(List<Item> items) ->
          items.stream()
                  .allMatch(item -> item instanceof Item.Items || item instanceof Item.Numbers)
              ? Optional.of(root)
              : Optional.empty();
      case Item.Numbers _, Item.Single _, Item.Text _ -> Optional.empty();
    };
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    List<int[]> states = new ArrayList<>();
    Item history = history(roots.getFirst()).orElseThrow();
    for (Item item : file.list(history, "its history")) {
      states.add(state(file, item, "state " + states.size(), choices.row()));
    }
    Optional<Integer> mask = choices.maskId();
    Optional<Integer> prompt = choices.promptLength();
    if (roots.getFirst() instanceof Item.Fields fields) {
      mask =
          mask.or(() -> file.count(fields, "mask_id"))
              .or(() -> file.count(fields, "mask_token_id"));
      prompt = prompt.or(() -> file.count(fields, "prompt_length"));
    }
    String remark = "";
    if (mask.isEmpty()) {
      mask = filling(states);
      remark =
          mask.map("token %d taken for the mask, which the first state ends with"::formatted)
              .orElse("");
    }
    return Draft.of("a history of states (dllm, Dream, LaViDa)", states, choices)
        .masked(mask, remark)
        .fromItsStart(prompt);
  }

  private static int[] state(ForeignFile file, Item item, String where, int row) {
    if (item instanceof Item.Numbers) {
      return file.ids(item, where);
    }
    List<Item> batch = file.list(item, where);
    if (row >= batch.size()) {
      throw file.bad(
          "%s holds %d sequences, so there is none numbered %d"
              .formatted(where, batch.size(), row));
    }
    int[] ids = file.ids(batch.get(row), where);
    for (Item other : batch) {
      if (file.ids(other, where).length != ids.length) {
        throw file.bad(where + " holds sequences of different lengths");
      }
    }
    return ids;
  }

  /** The token that the first state ends with, if it is gone at last: only masks go. */
  private static Optional<Integer> filling(List<int[]> states) {
    int[] first = states.getFirst();
    if (first.length == 0) {
      return Optional.empty();
    }
    int token = first[first.length - 1];
    boolean gone = Arrays.stream(states.getLast()).noneMatch(id -> id == token);
    return gone && token >= 0 ? Optional.of(token) : Optional.empty();
  }
}
