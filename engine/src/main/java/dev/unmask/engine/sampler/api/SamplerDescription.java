package dev.unmask.engine.sampler.api;

import java.net.URI;
import java.util.List;

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

  /** What it was checked against. */
  String verified();

  /** In the order they are shown. */
  List<Setting<?>> settings();
}
