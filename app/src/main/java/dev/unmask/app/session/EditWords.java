package dev.unmask.app.session;

import dev.unmask.app.picture.Visible;
import dev.unmask.engine.sampler.own.OwnSampler;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceHeader.Edit;
import dev.unmask.engine.trace.TraceHeader.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a branch changed, in a few words. */
public final class EditWords {
  private EditWords() {}

  /** An edit: {@code 22 = garden}, {@code 22 ↺}, {@code 22 ≠ garden}. */
  public static String of(Edit edit, TraceHeader header) {
    String text = Visible.text(header.tokens().text(edit.token()));
    String where = edit.position() < 0 ? "everywhere" : Integer.toString(edit.position());
    return switch (edit.kind()) {
      case SET -> edit.token() == header.tokens().maskId() ? where + " ↺" : where + " = " + text;
      case PIN -> where + " = " + text + ", pinned";
      case BAN -> where + " ≠ " + text;
    };
  }

  /** A sampler's name; of one in a file, the file's name. */
  public static String sampler(String name) {
    return OwnSampler.of(name).isPresent() ? Path.of(name).getFileName().toString() : name;
  }

  /** All that the branch of a header changed at its step. */
  public static String of(TraceHeader branch) {
    List<String> words = new ArrayList<>();
    Segment last = branch.segments().getLast();
    last.edits().forEach(edit -> words.add(of(edit, branch)));
    before(branch)
        .ifPresent(
            old -> {
              if (!old.sampler().equals(last.sampler())) {
                words.add(sampler(last.sampler()));
              } else {
                changed(old.settings(), last.settings())
                    .forEach((name, value) -> words.add(name + " " + value));
              }
            });
    return words.isEmpty() ? "no change" : String.join(", ", words);
  }

  private static Optional<Segment> before(TraceHeader branch) {
    int count = branch.segments().size();
    return count > 1 ? Optional.of(branch.segments().get(count - 2)) : Optional.empty();
  }

  /** The settings that have another value than before, with it. */
  public static Map<String, String> changed(Map<String, Object> before, Map<String, Object> now) {
    Map<String, String> changed = new LinkedHashMap<>();
    now.forEach(
        (name, value) -> {
          if (!value.equals(before.get(name))) {
            changed.put(name, String.valueOf(value));
          }
        });
    return changed;
  }
}
