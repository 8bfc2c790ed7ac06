package dev.unmask.app.session;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.unmask.engine.InputException;
import dev.unmask.engine.sampler.own.OwnSampler;
import dev.unmask.engine.sampler.own.SamplerPermission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The samplers of people's own that may be run: those that the user named in this process, and
 * those that were allowed, which are kept in a file by place and SHA-256, so that one that changed
 * is asked about again. Any thread may ask.
 */
public final class AllowedSamplers implements SamplerPermission {
  private final Path file;
  private final Set<String> named = ConcurrentHashMap.newKeySet();
  private volatile Map<String, String> allowed;

  /**
   * As they were kept; where that makes no sense, none is allowed.
   *
   * @param told is given a sentence then
   */
  public AllowedSamplers(Path file, Consumer<String> told) {
    this.file = file;
    allowed = kept(told).read(Map::copyOf).orElse(Map.of());
  }

  private SettingsFile<Map<String, String>> kept(Consumer<String> told) {
    return new SettingsFile<>(file, new TypeReference<>() {}, told);
  }

  @Override
  public boolean allows(OwnSampler sampler) {
    String place = sampler.place();
    return named.contains(place)
        || allowed.containsKey(place) && allowed.get(place).equals(sampler.sha256());
  }

  /** The user named it, so it may be run in this process, however it changes. */
  public void name(String sampler) {
    OwnSampler.of(sampler).map(OwnSampler::place).ifPresent(named::add);
  }

  /**
   * The user allowed it, so it may be run as it is now, in other processes too.
   *
   * @throws InputException if it cannot be read, or this cannot be kept
   */
  public synchronized void allow(OwnSampler sampler) {
    List<String> problems = new ArrayList<>();
    SettingsFile<Map<String, String>> kept = kept(problems::add);
    // Another process may have kept more meanwhile.
    Map<String, String> more = new TreeMap<>(kept.read(Map::copyOf).orElse(allowed));
    more.put(sampler.place(), sampler.sha256());
    kept.write(more);
    if (!problems.isEmpty()) {
      throw new InputException(problems.getLast());
    }
    allowed = Map.copyOf(more);
  }
}
