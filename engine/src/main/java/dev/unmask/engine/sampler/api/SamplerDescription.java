package dev.unmask.engine.sampler.api;

import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a user is told of a sampler, of tokens or of images. */
public sealed interface SamplerDescription permits SamplerKind, ImageSamplerKind {
  /** Lower case with hyphens, after the paper. */
  String name();

  /** As the paper writes it. */
  String title();

  /** What it does, in a sentence. */
  String summary();

  /** Where it was published. */
  URI paper();

  /** The year of an arXiv paper, as its number tells it; empty for others. */
  default OptionalInt year() {
    Matcher number = Pattern.compile("/abs/(\\d\\d)\\d\\d\\.").matcher(paper().toString());
    return number.find()
        ? OptionalInt.of(2000 + Integer.parseInt(number.group(1)))
        : OptionalInt.empty();
  }

  /** What it was checked against. */
  String verified();

  /** In the order they are shown. */
  List<Setting<?>> settings();
}
