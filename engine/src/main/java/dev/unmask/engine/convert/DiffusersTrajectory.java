package dev.unmask.engine.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What diffusers' <a
 * href="https://github.com/huggingface/diffusers/pull/14164">animate_sampling</a> captures: the
 * answer's tokens after each step.
 */
final class DiffusersTrajectory implements ForeignFormat {
  @Override
  public boolean recognises(List<Item> roots) {
    return ForeignFormat.hasField(roots, List.of("frames"));
  }

  @Override
  public Draft read(ForeignFile file, List<Item> roots, Choices choices) {
    Item.Fields root = (Item.Fields) roots.getFirst();
    List<int[]> states = new ArrayList<>();
    for (Item item : file.list(root.byName().get("frames"), "its list of frames")) {
      String where = "frame " + states.size();
      if (!(item instanceof Item.Fields frame) || !frame.byName().containsKey("ids")) {
        throw file.bad(where + " has no ids");
      }
      states.add(file.ids(frame.byName().get("ids"), where));
      if (states.getLast().length != states.getFirst().length) {
        throw file.bad(
            "%s has %d ids and frame 0 has %d"
                .formatted(where, states.getLast().length, states.getFirst().length));
      }
    }
    Map<Integer, String> texts = Texts.of(file, root.byName().get("vocab"));
    Optional<Integer> mask = choices.maskId().or(() -> file.count(root, "mask_token_id"));
    return Draft.of("a trajectory of diffusers", states, choices)
        .masked(mask, "the answer alone, from after its first step on")
        .named(texts, text(root, "model_id"));
  }

  private static String text(Item.Fields root, String name) {
    return root.byName().get(name) instanceof Item.Text(String text) ? text : "";
  }
}
