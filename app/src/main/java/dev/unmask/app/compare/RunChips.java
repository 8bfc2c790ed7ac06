package dev.unmask.app.compare;

import dev.unmask.app.picture.Frame;
import dev.unmask.app.picture.History;
import dev.unmask.app.session.EditWords;
import dev.unmask.app.session.Pins;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.Setting;
import dev.unmask.engine.trace.TraceHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run was made with, beside others.
 *
 * @param differing by name, what is not the same in all; a setting that other samplers do not have
 *     is among it unless it is at its default
 * @param others what is the same in all, or at a default that others do not have
 */
record RunChips(Map<String, String> differing, Map<String, String> others) {
  private static final Set<String> NAMED = Set.of("model", "sampler", "seed");

  /** Of runs that are compared, in their order. */
  static List<RunChips> of(List<History> runs) {
    List<Map<String, String>> all = runs.stream().map(RunChips::made).toList();
    List<RunChips> chips = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Map<String, String> differing = new LinkedHashMap<>();
      Map<String, String> others = new LinkedHashMap<>();
      String sampler = all.get(i).getOrDefault("sampler", "");
      all.get(i)
          .forEach(
              (name, value) ->
                  (differs(name, value, all, sampler) ? differing : others).put(name, value));
      chips.add(new RunChips(differing, others));
    }
    return List.copyOf(chips);
  }

  private static boolean differs(
      String name, String value, List<Map<String, String>> all, String sampler) {
    boolean everywhere = all.stream().allMatch(other -> other.containsKey(name));
    return everywhere
        ? all.stream().anyMatch(other -> !other.get(name).equals(value))
        : all.size() > 1 && !isDefault(sampler, name, value);
  }

  private static boolean isDefault(String sampler, String name, String value) {
    return Samplers.ALL.stream()
        .filter(kind -> kind.name().equals(sampler))
        .flatMap(kind -> kind.settings().stream())
        .filter(setting -> setting.name().equals(name))
        .map(Setting::fallback)
        .anyMatch(fallback -> String.valueOf(fallback).equals(value));
  }

  private static Map<String, String> made(History run) {
    TraceHeader header = run.trace().header();
    Map<String, String> made = new LinkedHashMap<>();
    made.put("model", header.model().name().isEmpty() ? "unknown" : header.model().name());
    if (!header.segments().isEmpty()) {
      TraceHeader.Segment last = header.segments().getLast();
      made.put("sampler", last.sampler());
      made.putAll(last.written());
    }
    if (!header.random().equals("none")) {
      made.put("seed", Long.toString(header.seed()));
    }
    made.put("length", Integer.toString(header.tokens().length()));
    String prompt = Pins.notation(Frame.of(run, 0));
    made.put("prompt", prompt.isEmpty() ? "none" : prompt);
    made.put("noise", header.noise());
    header
        .parent()
        .ifPresent(
            parent ->
                made.put(
                    "branched", "at step %d: %s".formatted(parent.step(), EditWords.of(header))));
    header.source().ifPresent(source -> made.put("imported", source));
    made.values().removeIf(Objects::isNull);
    return made;
  }

  /** What is not the same in all and not in a run's name, in a line; empty if that is nothing. */
  String details() {
    return differing.entrySet().stream()
        .filter(setting -> !NAMED.contains(setting.getKey()))
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  /** A run in a few words: model, sampler and seed. */
  static String name(History run) {
    TraceHeader header = run.trace().header();
    List<String> words = new ArrayList<>();
    words.add(header.model().name().isEmpty() ? "unknown model" : header.model().name());
    header.segments().stream()
        .reduce((_, later) -> later)
        .ifPresent(last -> words.add(last.sampler()));
    if (!header.random().equals("none")) {
      words.add("seed " + header.seed());
    }
    return String.join(" · ", words);
  }
}
