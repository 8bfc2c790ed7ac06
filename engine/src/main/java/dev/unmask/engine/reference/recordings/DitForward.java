package dev.unmask.engine.reference.recordings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.DitConfig;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.TokenDenoiser;
import dev.unmask.engine.noise.AlphaSchedule;
import dev.unmask.engine.reference.LogitsComparison;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Logits of the diffusion transformer whose weights lie beside the recording: of MDLM's at some
 * noise, or of BD3-LM's as it is trained and as it is sampled from.
 */
public final class DitForward implements SingleCase {
  private static final Pattern AT_NOISE =
      Pattern.compile("time_conditioning_(on|off)_sigma_(\\d+(?:\\.\\d+)?)");

  private static final Pattern AT_POSITION = Pattern.compile("sample_mode_logits_pos(\\d{1,9})");

  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("kuleshov-group/bd3lms@\\w+ .*:DITBackbone.*")
        && recording.has("config")
        && (recording.root().path("logits").isObject()
            || recording.has("x_t") && recording.field("config").path("cross_attn").asBoolean());
  }

  @Override
  public Set<String> settings() {
    return Set.of("config/", "logits/");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    DitConfig config = DitConfig.of(recording.file(), recording.field("config"));
    return recording.has("x_t")
        ? blocks(recording, config, threads)
        : first(
            recording
                .field("logits")
                .propertyStream()
                .map(logits -> atNoise(recording, config, logits, threads)));
  }

  private static Optional<String> first(Stream<Optional<String>> differences) {
    return differences.flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> atNoise(
      Recording recording, DitConfig config, Map.Entry<String, JsonNode> logits, int threads) {
    Matcher noise = AT_NOISE.matcher(logits.getKey());
    if (!noise.matches()) {
      throw new InputException(
          "%s has logits of \"%s\", which is neither at some sigma nor without; record it again."
              .formatted(recording.file(), logits.getKey()));
    }
    DitConfig told = config.timed(noise.group(1).equals("on"));
    double sigma = Double.parseDouble(noise.group(2));
    int[] ids = recording.tokens("input", config.vocabulary().size());
    try (TokenDenoiser denoiser = open(recording, told, threads)) {
      Request request =
          Request.ofSequence(ids, Attention.FULL, rows(ids.length), Optional.empty())
              .at(new AlphaSchedule.LogLinear(1e-3).time(sigma));
      return LogitsComparison.rows(
              Recording.floatRows(logits.getValue()), denoiser.predict(request).logits())
          .map(where -> logits.getKey() + ", " + where);
    }
  }

  private static Optional<String> blocks(Recording recording, DitConfig config, int threads) {
    int vocabulary = config.vocabulary().size();
    int[] noised = recording.tokens("x_t", vocabulary);
    int[] clean = recording.tokens("x_0", vocabulary);
    int last = noised.length - 1;
    try (TokenDenoiser denoiser = open(recording, config, threads)) {
      float[][] trained = trained(denoiser, noised, clean);
      float[][] sampled =
          denoiser
              .predict(
                  Request.ofSequence(noised, Attention.FULL, rows(noised.length), Optional.empty()))
              .logits();
      return first(
          Stream.of(
              LogitsComparison.rows(recording.floatRows("train_logits_first3"), trained),
              LogitsComparison.row(last, recording.floats("train_logits_last"), trained[last]),
              LogitsComparison.row(
                  last, recording.floats("sample_mode_logits_last"), sampled[last]),
              LogitsComparison.row(
                  last, recording.floats("kv_cache_logits_last"), cached(denoiser, noised)),
              atPositions(recording, sampled)));
    }
  }

  private static Optional<String> atPositions(Recording recording, float[][] sampled) {
    return first(
        recording
            .root()
            .propertyStream()
            .map(
                field -> {
                  Matcher name = AT_POSITION.matcher(field.getKey());
                  return name.matches()
                      ? at(Integer.parseInt(name.group(1)), field.getValue(), sampled)
                      : Optional.empty();
                }));
  }

  private static Optional<String> at(int position, JsonNode recorded, float[][] sampled) {
    return position < sampled.length
        ? LogitsComparison.row(position, Recording.floats(recorded), sampled[position])
        : Optional.of("position %d: it was recorded and is not there".formatted(position));
  }

  /** All blocks at once: each noised one sees itself and the clean ones before it. */
  private static float[][] trained(TokenDenoiser denoiser, int[] noised, int[] clean) {
    int[] positions =
        IntStream.concat(IntStream.range(0, noised.length), IntStream.range(0, clean.length))
            .toArray();
    int[] ids = IntStream.concat(Arrays.stream(noised), Arrays.stream(clean)).toArray();
    Attention attention =
        new Attention.BlockDiffusion(denoiser.blockSize().orElseThrow(), noised.length);
    Request request =
        Request.ofSequence(ids, attention, rows(noised.length), Optional.empty()).at(positions);
    return denoiser.predict(request).logits();
  }

  /** The last position's, after block by block was put into the cache. */
  private static float[] cached(TokenDenoiser denoiser, int[] ids) {
    Attention attention = new Attention.BlockCausal(denoiser.blockSize().orElseThrow());
    Request whole = Request.ofSequence(ids, attention, new int[0], Optional.empty());
    float[] last = {};
    for (int from = 0; from < ids.length; ) {
      int to = Math.min(ids.length, from + denoiser.blockSize().orElseThrow());
      Context before = new Context.Earlier(0, Arrays.copyOf(ids, from), OptionalDouble.empty());
      int[] row = {to - from - 1};
      last = denoiser.predict(whole.window(from, to, row).in(before)).logits()[0];
      from = to;
    }
    return last;
  }

  private static int[] rows(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** NAME.safetensors beside NAME.json. */
  private static TokenDenoiser open(Recording recording, DitConfig config, int threads) {
    String name = recording.file().getFileName().toString().replaceFirst("\\.json$", "");
    Path weights = recording.file().resolveSibling(name + ".safetensors");
    return RecordedModel.denoiser(config, weights, threads);
  }
}
