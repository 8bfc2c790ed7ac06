package dev.unmask.app.fuzz;

import com.sun.net.httpserver.HttpServer;
import dev.unmask.app.Assets;
import dev.unmask.app.export.SettingsFile;
import dev.unmask.app.images.PictureReader;
import dev.unmask.app.session.KeptFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.ChatTemplate;
import dev.unmask.engine.checkpoint.ClassNames;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Tokenizer;
import dev.unmask.engine.convert.Choices;
import dev.unmask.engine.convert.Conversion;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.ImageShape;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.reference.Outcome;
import dev.unmask.engine.reference.Verification;
import dev.unmask.engine.remote.InferenceServer;
import dev.unmask.engine.remote.RemoteAddress;
import dev.unmask.engine.remote.RemoteModel;
import dev.unmask.engine.run.Breakpoint;
import dev.unmask.engine.sampler.Samplers;
import dev.unmask.engine.sampler.api.Settings;
import dev.unmask.engine.trace.TraceKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Every way in for bytes from outside, with inputs to start from. */
final class Readers implements AutoCloseable {
  /** Rows of a trace that are looked at: the rest is like them. */
  private static final int ROWS = 16;

  /** Held, or it would be forgotten that it is to be silent: a damaged file is told to it. */
  private static final Logger LOG = Logger.getLogger("dev.unmask");

  private static final Verification VERIFICATION =
      new Verification(new ModelFolders(Assets.models()), 1);

  private final Seeds seeds;
  private final Model model;
  private final InferenceServer server;
  private final HttpServer hostile;
  private final AtomicReference<byte[]> card = new AtomicReference<>();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Makes seeds in a folder, and starts a server that is asked and one that answers. */
  Readers(Path folder) throws IOException {
    LOG.setLevel(Level.OFF);
    seeds = new Seeds(Files.createDirectories(folder));
    Path sentences = Assets.models().resolve("sentences");
    model = Model.open(sentences, 1);
    server =
        InferenceServer.start(
            model, sentences.resolve("tokenizer.json"), "127.0.0.1", 0, List.of());
    hostile = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    hostile.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, card.get().length == 0 ? -1 : card.get().length);
            exchange.getResponseBody().write(card.get());
          }
        });
    hostile.start();
  }

  List<Reader> all() {
    Mutator bytes = Bytes::damage;
    Mutator json = Mutator.oneOf(Json::damage, Json::damage, Json::damage, Bytes::damage);
    Mutator tensors =
        Mutator.oneOf(Containers::safetensors, Containers::safetensors, Bytes::damage);
    Mutator parts = Mutator.oneOf(Containers::part, Containers::part, Bytes::damage);
    Mutator zips = Mutator.oneOf(Containers::zip, Bytes::damage);
    Mutator lines = Mutator.oneOf(Json::damageLines, Json::damageLines, Bytes::damage);
    Mutator templates = Mutator.oneOf(Templates::damage, Templates::damage, Bytes::damage);
    return List.of(
        new Reader("trace", 1, seeds.traces(), tensors, Readers::readTrace),
        new Reader("part", 1, seeds.parts(), parts, Readers::readTrace),
        new Reader("image-trace", 1, seeds.imageTraces(), tensors, Readers::readImages),
        new Reader("training", 1, seeds.trainings(), tensors, Readers::readTraining),
        new Reader("foreign-json", 1, seeds.foreignJson(), json, Readers::convert),
        new Reader("foreign-lines", 1, seeds.foreignLines(), lines, Readers::convert),
        new Reader("foreign-text", 1, seeds.foreignTexts(), bytes, Readers::convert),
        new Reader("npy", 1, seeds.arrays(), bytes, Readers::convert),
        new Reader("npz", 1, seeds.archives(), zips, Readers::convert),
        new Reader("recording", 2, seeds.recordings(), json, Readers::verify),
        new Reader("schedulers", 2, seeds.schedulers(), json, Readers::verify),
        new Reader("verified-trace", 4, seeds.traces(), tensors, Readers::verify),
        new Reader("tokenizer", 1, seeds.tokenizers(), json, Readers::tokenize),
        new Reader("tokenizer-config", 1, seeds.tokenizerConfigs(), json, Readers::template),
        new Reader("chat-template", 1, seeds.templates(), templates, Readers::template),
        new Reader("picture", 1, seeds.pictures(), bytes, Readers::picture),
        new Reader("model-config", 4, seeds.configs(), json, this::load),
        new Reader("model-weights", 4, seeds.weights(), tensors, this::load),
        new Reader("model-index", 4, seeds.indexes(), json, this::load),
        new Reader(
            "class-names",
            1,
            seeds.classes(),
            json,
            f -> ClassNames.read(f.getParent()).label("0", 9)),
        new Reader(
            "names", 1, Seeds.names(), json, file -> KeptFiles.readNames(file, Path.of("a"))),
        new Reader("bookmarks", 1, Seeds.bookmarks(), json, KeptFiles::readBookmarks),
        new Reader("window", 1, Seeds.windows(), json, KeptFiles::readWindow),
        new Reader("breakpoint", 1, Seeds.breakpoints(), bytes, Readers::breakpoint),
        new Reader("export-settings", 1, Seeds.settings(), json, SettingsFile::read),
        new Reader("sampler-settings", 1, Seeds.samplerSettings(), bytes, Readers::settings),
        new Reader("own-sampler", 400, seeds.samplers(), bytes, f -> Samplers.named(f.toString())),
        new Reader("wire-json", 8, Seeds.questions(), json, this::ask),
        new Reader("wire-binary", 8, Seeds.binaryQuestions(), bytes, this::ask),
        new Reader("server-card", 8, seeds.cards(server.address()), json, this::connect));
  }

  private static void readTrace(Path file) {
    try (var trace = TraceKind.TOKENS.open(file)) {
      for (int i = 0; i <= Math.min(ROWS, trace.steps()); i++) {
        Arrays.stream(trace.state(i).tokens()).forEach(trace.header().tokens()::text);
      }
      for (int i = 0; i < Math.min(ROWS, trace.steps()); i++) {
        Arrays.stream(trace.step(i).candidates().ids()).forEach(trace.header().tokens()::text);
      }
    }
  }

  private static void readImages(Path file) {
    if (!TraceKind.IMAGES.is(file)) {
      readTrace(file);
      return;
    }
    try (var images = TraceKind.IMAGES.open(file)) {
      for (int i = 0; i < Math.min(ROWS, images.steps()); i++) {
        images.state(i);
        images.step(i);
      }
      images.state(images.steps());
    }
  }

  private static void readTraining(Path file) {
    try (var training = TraceKind.TRAININGS.open(file)) {
      for (int i = 0; i < Math.min(ROWS, training.steps()); i++) {
        training.state(i);
        training.step(i);
      }
      training.state(training.steps());
    }
  }

  private static void convert(Path file) {
    try (var trace = Conversion.read(file, Choices.NONE).stored()) {
      trace.state(trace.steps());
    }
  }

  private static void verify(Path file) {
    for (Outcome outcome : VERIFICATION.outcomes(file)) {
      if (outcome instanceof Outcome.Unreadable(_, String sentence)) {
        throw new InputException(sentence);
      }
    }
  }

  private static void tokenize(Path file) {
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      for (String text :
          List.of("", "a big Dog  1234é\n<pad> [MASK]", "\ud800 \0", " ".repeat(99))) {
        int[] ids = tokenizer.encode(text);
        tokenizer.decode(ids);
        IntStream.of(ids).limit(ROWS).forEach(tokenizer::text);
      }
      tokenizer.decode();
      tokenizer.decode(0, 0, tokenizer.size() - 1, tokenizer.size());
    }
  }

  private static void template(Path file) {
    ChatTemplate.of(file.getParent()).prompt("What is a \"dog\"?\nTell me.");
  }

  private static void picture(Path file) {
    PictureReader.read(file, new ImageShape(3, 28, 28));
  }

  /** A model whose other files are sound. */
  private void load(Path file) throws IOException {
    Seeds.copyMissing(seeds.modelFolder(), file.getParent());
    if (file.endsWith(Seeds.INDEX)) {
      Path whole = file.resolveSibling("model.safetensors");
      Files.move(whole, file.resolveSibling(Seeds.SHARD), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Model loaded = Model.open(file.getParent(), 1)) {
      int[] ids = IntStream.range(0, Math.min(8, loaded.vocabulary().size())).toArray();
      loaded
          .denoiser()
          .predict(Request.ofSequence(ids, Attention.FULL, new int[] {0}, Optional.empty()));
    }
  }

  private static void breakpoint(Path file) throws IOException {
    Breakpoint.of(text(file));
  }

  /** NAME=VALUE a line, of all samplers that have one of that name. */
  private static void settings(Path file) throws IOException {
    Map<String, String> given = new HashMap<>();
    text(file)
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> given.put(pair[0], pair[1]));
    Samplers.ALL.forEach(
        kind -> {
          Map<String, String> known = new HashMap<>(given);
          known.keySet().retainAll(kind.settings().stream().map(s -> s.name()).toList());
          Settings.of(kind.settings(), known);
        });
    Settings.of(Samplers.ALL.getFirst().settings(), given);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** The server must answer, and go on answering. */
  private void ask(Path file) throws IOException, InterruptedException {
    byte[] body = Files.readAllBytes(file);
    URI at = URI.create(server.address().replace("/sentences", "/v2/models/sentences/infer"));
    HttpRequest.Builder question =
        HttpRequest.newBuilder(at)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    int json = new String(body, StandardCharsets.ISO_8859_1).lastIndexOf('}') + 1;
    if (json < body.length) {
      question.header("Inference-Header-Content-Length", String.valueOf(json));
    }
    int status =
        client.send(question.build(), HttpResponse.BodyHandlers.ofByteArray()).statusCode();
    if (status >= 500) {
      throw new AssertionError("the server answers " + status);
    }
    if (status >= 400) {
      throw new InputException("the server refuses it");
    }
  }

  private void connect(Path file) throws IOException {
    card.set(Files.readAllBytes(file));
    String at = "http://127.0.0.1:" + hostile.getAddress().getPort() + "/sentences";
    Path tokenizer = Assets.models().resolve("sentences").resolve("tokenizer.json");
    try (Model remote = RemoteModel.connect(RemoteAddress.of(at), Optional.of(tokenizer))) {
      remote
          .denoiser()
          .predict(
              Request.ofSequence(
                  new int[] {0, 1}, Attention.FULL, new int[] {0}, Optional.empty()));
    }
  }

  @Override
  public void close() {
    hostile.stop(0);
    server.close();
    model.close();
    client.close();
  }
}
