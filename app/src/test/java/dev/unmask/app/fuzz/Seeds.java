package dev.unmask.app.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.app.Assets;
import dev.unmask.app.fuzz.Reader.Seed;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.random.RandomKind;
import dev.unmask.engine.run.RunModel;
import dev.unmask.engine.run.RunPlan;
import dev.unmask.engine.run.Start;
import dev.unmask.engine.run.TokenRun;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.trace.BatchShape;
import dev.unmask.engine.trace.BatchState;
import dev.unmask.engine.trace.ImageRecord;
import dev.unmask.engine.trace.RecordedTrace;
import dev.unmask.engine.trace.TokenRecord;
import dev.unmask.engine.trace.TokenState;
import dev.unmask.engine.trace.Trace;
import dev.unmask.engine.trace.TraceFile;
import dev.unmask.engine.trace.TraceHeader;
import dev.unmask.engine.trace.TraceRecorder;
import dev.unmask.engine.trace.TrainingRecord;
import dev.unmask.engine.trace.TrainingState;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Inputs that are sound, and small: what the program itself writes, and what others do. */
final class Seeds {
  private static final Path GOLDEN = Path.of("..", "engine", "src", "test", "resources", "golden");
  static final String INDEX = "model.safetensors.index.json";

  /** The one file that the index names. */
  static final String SHARD = "model-1.safetensors";

  private static final int LONGEST_RECORDING = 12_000;

  private final Path folder;

  Seeds(Path folder) {
    this.folder = folder;
  }

  private static Seed seed(String file, String text) {
    return new Seed(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Seed seed(Path file) {
    try {
      return new Seed(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Trace<TokenState, TokenRecord>> runs() {
    try (Model model = Model.open(Assets.models().resolve("sentences"), 1)) {
      return Stream.of("llada", "remdm-cap", "fast-dllm")
          .map(
              sampler -> {
                Start.Tokens start = Start.of(new int[] {21, 15}, 6, model.vocabulary().maskId());
                var plan = new RunPlan<>(Samplers.named(sampler), Map.of(), RandomKind.PHILOX, 1);
                TokenRun run = TokenRun.start(RunModel.of(model), start, plan);
                run.finish(_ -> {});
                return run.trace();
              })
          .toList();
    }
  }

  List<Seed> traces() {
    return runs().stream()
        .map(
            run -> {
              Path file = folder.resolve("seed" + TraceFile.EXTENSION);
              TraceFile.write(file, run);
              return seed(file);
            })
        .toList();
  }

  List<Seed> parts() {
    return runs().stream()
        .map(
            run -> {
              Path file = folder.resolve("stopped" + TraceFile.EXTENSION);
              try (var recorder =
                  TraceRecorder.create(file, new RecordedTrace<>(run.header(), run.state(0)))) {
                for (int step = 0; step < Math.min(3, run.steps()); step++) {
                  recorder.append(run.step(step));
                }
              }
              return seed(TraceRecorder.partOf(file));
            })
        .toList();
  }

  List<Seed> imageTraces() {
    BatchShape shape = new BatchShape(2, 1, 3, 2);
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model("m", "00"),
            new TraceHeader.Images(shape, List.of(0, 1)),
            "gaussian",
            "philox",
            7,
            List.of(
                new TraceHeader.Segment(0, "ddim", Map.of("steps", 2, "guidance", 0.5), List.of())),
            Optional.empty(),
            Optional.empty(),
            "1");
    float[] x = new float[shape.values()];
    BatchState batch = new BatchState(x, 1, 0, 1);
    RecordedTrace<BatchState, ImageRecord> images = new RecordedTrace<>(header, batch);
    images.append(new ImageRecord(Optional.of(x), Optional.of(x), batch, 1));
    Path file = folder.resolve("images" + TraceFile.EXTENSION);
    TraceFile.write(file, images);
    return List.of(seed(file));
  }

  List<Seed> trainings() {
    TraceHeader header =
        new TraceHeader(
            new TraceHeader.Model("gaussian", ""),
            new TraceHeader.Training("ring", 4, 1, List.of("nll")),
            "",
            "philox",
            7,
            List.of(new TraceHeader.Segment(0, "gaussian", Map.of(), List.of())),
            Optional.empty(),
            Optional.empty(),
            "1");
    float[] numbers = {0, 0, 1, 0, 1};
    var training =
        new RecordedTrace<TrainingState, TrainingRecord>(header, new TrainingState(0, numbers));
    training.append(new TrainingRecord(new float[1], new TrainingState(4, numbers)));
    Path file = folder.resolve("training" + TraceFile.EXTENSION);
    TraceFile.write(file, training);
    return List.of(seed(file));
  }

  List<Seed> foreignJson() {
    return List.of(
        seed(
            "a",
            "{\"histories\":[[[1,9,9]],[[1,4,9]],[[1,4,5]]],\"mask_id\":9,\"prompt_length\":1}"),
        seed("a", "[[9,9],[9,3],[2,3]]"),
        seed(
            "a",
            "{\"frames\":[{\"ids\":[9,9]},{\"ids\":[9,3]}],\"vocab\":{\"3\":\"c\"},\"mask_token_id\":9,\"model_id\":\"m\"}"),
        seed(
            "a",
            "{\"x0_history\":[[[5,6,7]],[[5,6,8]]],\"true_indices_history\":[[[0,1]],[[0,2]]],\"prompt_token_len\":1,\"gen_ids\":[6,8],\"mask_id\":9}"),
        seed("a", "{\"data\":[{\"step_map\":[0,2,1],\"token_ids\":[4,5,6],\"mask_id\":9}]}"),
        seed("a", "{\"first_unmask_times\":[0,1],\"pieces\":[\"a\",\"b\"]}"));
  }

  List<Seed> foreignLines() {
    return List.of(
        seed(
            "a",
            "{\"mask_id\":9,\"prompt_length\":1,\"vocabulary\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"_\"],\"model\":\"m\"}\n"
                + "{\"step\":0,\"ids\":[1,9,9]}\n"
                + "{\"step\":1,\"ids\":[1,4,9],\"predicted\":[1,4,5],\"confidence\":[1,0.5,0.25]}\n"
                + "{\"step\":2,\"ids\":[1,4,5,6],\"predicted\":[1,4,5,6],\"confidence\":[1,1,1,1]}"),
        seed("a", "{\"ids\":[1,2]}\n{\"ids\":[1,3]}"));
  }

  List<Seed> foreignTexts() {
    return List.of(seed("a", "1, *a&*<|mdm_mask|>&*c&\n2, *a&*b&*c&\n"));
  }

  private static byte[] array(String type, String shape, byte... data) {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    byte[] padded =
        (header + " ".repeat((118 - header.length() % 64 + 64) % 64) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + padded.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) padded.length)
        .put(padded)
        .put(data)
        .array();
  }

  List<Seed> arrays() {
    return List.of(
        new Seed("a", array("|u1", "(2, 3)", new byte[] {1, 9, 9, 1, 2, 9})),
        new Seed("a", array("<i2", "(2, 1, 2)", new byte[] {9, 0, 9, 0, 9, 0, 2, 0})),
        new Seed("a", array(">f4", "(1, 1)", new byte[4])));
  }

  List<Seed> archives() {
    byte[] states = array("|u1", "(2, 3)", new byte[] {1, 9, 9, 1, 2, 9});
    return List.of(
        new Seed("a", zip(Map.of("histories.npy", states))),
        new Seed("a", zip(Map.of("arr_0.npy", states))));
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Each under its own path, for some name the model that lies beside them. */
  List<Seed> recordings() {
    List<Seed> seeds = new ArrayList<>();
    for (Path file : golden()) {
      String name = GOLDEN.relativize(file).toString();
      if (name.endsWith(".json")
          && !name.endsWith(".config.json")
          && !name.startsWith("diffusers")) {
        byte[] bytes = seed(file).bytes();
        if (bytes.length < LONGEST_RECORDING) {
          seeds.add(new Seed(name, bytes));
        }
      }
    }
    return seeds;
  }

  private static List<Path> golden() {
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of each kind of scheduler, the shortest run. */
  List<Seed> schedulers() {
    List<Seed> seeds = new ArrayList<>();
    try {
      var root = Json.MAPPER.readTree(GOLDEN.resolve("diffusers_schedulers.json").toFile());
      List<String> seen = new ArrayList<>();
      for (var run : root.path("tests")) {
        String kind = run.path("scheduler").asText() + run.path("config").size();
        String text = run.toString();
        if (!seen.contains(kind)
            && text.length() < LONGEST_RECORDING
            && !run.path("steps").isEmpty()) {
          seen.add(kind);
          seeds.add(
              seed(
                  "a.json", "{\"source\":%s,\"tests\":[%s]}".formatted(root.path("source"), text)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seeds;
  }

  /** Copies what a reader of one damaged file needs beside it. */
  static void copyMissing(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (!Files.exists(copy)) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Puts the models of the recordings where their reader looks for them. */
  static void putModels(Path folder) throws IOException {
    for (Path file : golden()) {
      String name = GOLDEN.relativize(file).toString();
      if (name.endsWith(".config.json") || name.endsWith(".safetensors")) {
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  List<Seed> tokenizers() {
    Path bytePairs = folder.resolve("tokenizer.json");
    BytePairTrainer.train(Stream.of("a big dog sees a big bird"), 270).write(bytePairs);
    String added =
        "\"added_tokens\":[{\"id\":0,\"content\":\"<unk>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}]";
    return List.of(
        seed(bytePairs),
        seed(Assets.models().resolve("sentences").resolve("tokenizer.json")),
        seed(
            "tokenizer.json",
            "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,"
                + added
                + ",\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFKC\"},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\""
                + " {2,}\"},\"content\":\""
                + " \"},{\"type\":\"Prepend\",\"prepend\":\"▁\"},{\"type\":\"Precompiled\",\"precompiled_charsmap\":\""
                + charsMap()
                + "\"}]}"
                + ",\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(\\\\s+|\\\\p{L}+)\"},\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"Digits\",\"individual_digits\":true}]}"
                + ",\"post_processor\":null"
                + ",\"decoder\":{\"type\":\"Metaspace\",\"replacement\":\"▁\",\"add_prefix_space\":true,\"prepend_scheme\":\"always\"}"
                + ",\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"▁\",-2.0],[\"a\",-3.0],[\"▁a\",-3.5],[\"time\",-4.0],[\"o\",-5.0]],\"byte_fallback\":false}}"),
        seed(
            "tokenizer.json",
            "{\"version\":\"1.0\","
                + added.replace("<unk>", "[UNK]")
                + ",\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,\"strip_accents\":null,\"lowercase\":true}"
                + ",\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}"
                + ",\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}"
                + ",\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{\"[UNK]\":0,\"a\":1,\"b\":2,\"##i\":3,\"##g\":4}}}"),
        seed(
            "tokenizer.json",
            "{"
                + added
                + ",\"normalizer\":{\"type\":\"Replace\",\"pattern\":{\"String\":\""
                + " \"},\"content\":\"▁\"}"
                + ",\"pre_tokenizer\":{\"type\":\"Punctuation\",\"behavior\":\"Isolated\"},\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"▁\"},\"content\":\""
                + " \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\""
                + " \",\"start\":1,\"stop\":0},{\"type\":\"BPEDecoder\",\"suffix\":\"</w>\"}]},\"model\":{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":\"<unk>\",\"continuing_subword_prefix\":\"##\",\"end_of_word_suffix\":\"</w>\",\"fuse_unk\":true,\"byte_fallback\":true,\"ignore_merges\":false,\"vocab\":{\"<unk>\":0,\"a\":1,\"##b\":2,\"ab\":3,\"<0x41>\":4,\"##c</w>\":5,\"abc</w>\":6},\"merges\":[\"a"
                + " ##b\",[\"ab\",\"##c</w>\"]]}}"));
  }

  /** A table of SentencePiece that makes a into b. */
  private static String charsMap() {
    ByteBuffer map = ByteBuffer.allocate(4 + 4 * 512 + 2).order(ByteOrder.LITTLE_ENDIAN);
    map.putInt(4 * 512);
    map.putInt(4, 256 << 10);
    map.putInt(4 + 4 * (256 ^ 'a'), (256 ^ 'a' ^ 384) << 10 | 1 << 8 | 'a');
    map.putInt(4 + 4 * 384, 1 << 31);
    map.put(4 + 4 * 512, (byte) 'b');
    return Base64.getEncoder().encodeToString(map.array());
  }

  private static final List<String> TEMPLATES =
      List.of(
          "{% for m in messages %}{{ '<|' + m['role'] + '|>\\n"
              + "' + m.content | trim }}{% if not loop.last %},{% endif %}{% endfor %}{% if"
              + " add_generation_prompt %}{{ bos_token ~ '\\x41' }}{% endif %}",
          "{%- set a = messages[0].content -%}\n"
              + "{# no #}{% if a is defined and 'x' not in a or 1 + 2 - 1 >= 2 %}{{ a|upper }}{%"
              + " elif none is none %}{{ (a if true else 'b')|tojson }}{% else %}{{"
              + " raise_exception('no') }}{% endif %}");

  List<Seed> templates() {
    return TEMPLATES.stream().map(text -> seed("chat_template.jinja", text)).toList();
  }

  List<Seed> tokenizerConfigs() {
    return TEMPLATES.stream()
        .map(
            text ->
                new Seed(
                    "tokenizer_config.json",
                    Json.bytes(
                        Json.MAPPER
                            .createObjectNode()
                            .put("chat_template", text)
                            .put("bos_token", "<s>")
                            .set(
                                "eos_token",
                                Json.MAPPER.createObjectNode().put("content", "</s>")))))
        .toList();
  }

  List<Seed> pictures() {
    BufferedImage colour = new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 31 * 17; i++) {
      colour.setRGB(i % 31, i / 31, i * 7919);
    }
    BufferedImage indexed = new BufferedImage(31, 17, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.createGraphics().drawImage(colour, 0, 0, null);
    BufferedImage clear = new BufferedImage(31, 17, BufferedImage.TYPE_INT_ARGB);
    clear.createGraphics().drawImage(colour, 0, 0, null);
    return List.of(
        picture("png", colour),
        picture("png", indexed),
        picture("png", clear),
        picture("jpg", colour),
        picture("gif", indexed),
        picture("bmp", colour),
        picture("bmp", indexed),
        picture("tif", colour));
  }

  private static Seed picture(String kind, BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, kind, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Seed("picture", out.toByteArray());
  }

  /** A transformer that is small, and a tokenizer. */
  Path modelFolder() {
    Path tiny = folder.resolve("tiny");
    if (!Files.exists(tiny)) {
      try {
        Files.createDirectories(tiny);
        Path masked = GOLDEN.resolve("tiny_masked");
        Files.copy(masked.resolve("bert.config.json"), tiny.resolve("config.json"));
        Files.copy(masked.resolve("bert.safetensors"), tiny.resolve("model.safetensors"));
        Files.writeString(
            tiny.resolve("tokenizer.json"),
            "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0,\"[MASK]\":3},\"unk_token\":\"a\"}}");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tiny;
  }

  List<Seed> configs() {
    return List.of(seed(modelFolder().resolve("config.json")));
  }

  List<Seed> weights() {
    return List.of(seed(modelFolder().resolve("model.safetensors")));
  }

  List<Seed> indexes() {
    try (SafetensorsFile tensors =
        SafetensorsFile.open(modelFolder().resolve("model.safetensors"))) {
      ObjectNode root = Json.MAPPER.createObjectNode();
      ObjectNode places = root.putObject("weight_map");
      tensors.entries().keySet().forEach(name -> places.put(name, SHARD));
      return List.of(new Seed(INDEX, Json.bytes(root)));
    }
  }

  List<Seed> classes() {
    return List.of(
        seed("config.json", "{\"classes\":[\"a\",\"b\"],\"id2label\":{\"0\":\"c\",\"1\":\"d\"}}"));
  }

  static List<Seed> names() {
    return List.of(seed("names.json", "{\"/a/b\":\"one\",\"c\":\"two\"}"));
  }

  static List<Seed> bookmarks() {
    return List.of(
        seed(
            "a.trace.safetensors.bookmarks.json",
            "[{\"step\":3,\"note\":\"x\"},{\"step\":5,\"note\":\"\"}]"));
  }

  static List<Seed> windows() {
    return List.of(
        seed(
            "window.json",
            "{\"width\":1280.0,\"height\":800.0,\"maximized\":false,\"dark\":true,\"textSize\":1.0,\"reducedMotion\":false,\"canvasShare\":0.42,\"toured\":true,\"opened\":[\"/a\"],\"breakpoints\":[{\"text\":\"commit"
                + " where position = 3\",\"enabled\":true}]}"));
  }

  static List<Seed> breakpoints() {
    return List.of(
        seed("a", "commit where token = \"a\\\"b\" and position >= 3 and confidence < 0.5"),
        seed("a", "remask where token != #12 and masks = 0"));
  }

  static List<Seed> settings() {
    return List.of(
        seed(
            "a.json",
            "{\"settings\":{\"view\":\"canvas\",\"theme\":\"dark\",\"size\":\"640x480\",\"from\":0,\"to\":3,\"pace\":2.0,\"fps\":30.0,\"hold\":1.0,\"title\":\"t\",\"caption\":\"c\",\"legend\":true}}"));
  }

  static List<Seed> samplerSettings() {
    return List.of(
        seed("a", "steps=8\nblock=4\nschedule=1,2,3\ntemperature=0.5\nguidance=1.5\n"),
        seed("a", "threshold=0.9\nremasking=random\nlogits-eos-inf=true\nsteps=0"));
  }

  List<Seed> samplers() {
    Seed sample = seed(Path.of("..", "samples", "MySampler.java"));
    return List.of(sample);
  }

  static List<Seed> questions() {
    return List.of(
        seed(
            "a",
            "{\"inputs\":[{\"name\":\"input_ids\",\"datatype\":\"INT64\",\"shape\":[1,4],\"data\":[0,1,2,0]},{\"name\":\"rows\",\"datatype\":\"INT32\",\"shape\":[2],\"data\":[0,3]}],\"parameters\":{\"top_k\":3,\"attention\":\"full\"}}"));
  }

  static List<Seed> binaryQuestions() {
    byte[] json =
        "{\"inputs\":[{\"name\":\"input_ids\",\"datatype\":\"INT32\",\"shape\":[1,2],\"parameters\":{\"binary_data_size\":8}}]}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(json, json.length + 8);
    whole[json.length] = 1;
    return List.of(new Seed("a", whole));
  }

  /** What a server says of its model, this program's own. */
  List<Seed> cards(String address) {
    URI at = URI.create(address.replace("/sentences", "/v2/models/sentences"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(at).build();
      return List.of(
          new Seed("a", client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
