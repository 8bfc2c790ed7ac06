package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tokens look like.
 *
 * @param ofFile those that the file tells, by id
 * @param told of every token, by a person; empty if not
 */
record Texts(Map<Integer, String> ofFile, List<String> told) {
  /** Of a map from ids to texts, or a list of texts by id; empty if there is none. */
  static Map<Integer, String> of(ForeignFile file, Item item) {
    Map<Integer, String> texts = new HashMap<>();
    if (item instanceof Item.Fields(var byName)) {
      byName.forEach((id, text) -> texts.put(id(file, id), text(file, text)));
    } else if (item != null) {
      for (Item text : item.elements()) {
        texts.put(texts.size(), text(file, text));
      }
    }
    return texts;
  }

  private static int id(ForeignFile file, String key) {
    if (!key.matches("\\d{1,7}")) {
      throw file.bad("its vocabulary names \"%s\", which is no id of a token".formatted(key));
    }
    return Integer.parseInt(key);
  }

  private static String text(ForeignFile file, Item item) {
    if (item instanceof Item.Text(String text)) {
      return text;
    }
    throw file.bad("its vocabulary holds what is no text");
  }

  /** The text of every id up to the greatest there is; empty if none is known. */
  List<String> upTo(ForeignFile file, Draft draft) {
    Set<Integer> used = new HashSet<>();
    draft.states().forEach(ids -> addTo(used, ids));
    draft.predicted().forEach(ids -> addTo(used, ids));
    if (!told.isEmpty()) {
      used.stream()
          .filter(id -> id >= told.size() && !draft.maskId().equals(Optional.of(id)))
          .findFirst()
          .ifPresent(
              id -> {
                throw file.bad(
                    "it holds token %d and the tokenizer has %d; give the one that it was made with"
                        .formatted(id, told.size()));
              });
    } else if (ofFile.isEmpty()) {
      return List.of();
    }
    draft.maskId().ifPresent(used::add);
    used.addAll(ofFile.keySet());
    int size = used.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    List<String> all = new ArrayList<>(told);
    for (int id = told.size(); id < size; id++) {
      all.add(ofFile.getOrDefault(id, used.contains(id) ? "#" + id : ""));
    }
    return List.copyOf(all);
  }

  private static void addTo(Set<Integer> used, int[] ids) {
    for (int id : ids) {
      if (id >= 0) {
        used.add(id);
      }
    }
  }
}
