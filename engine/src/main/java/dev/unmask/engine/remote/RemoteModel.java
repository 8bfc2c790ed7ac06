package dev.unmask.engine.remote;

import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.checkpoint.ModelFolders;
import dev.unmask.engine.checkpoint.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Models by name, by folder and by address. */
public final class RemoteModel {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int LONGEST_METADATA = 1 << 20;
  private static final int LONGEST_TOKENIZER = 1 << 26;

  private RemoteModel() {}

  /**
   * A bundled model, one in a folder, or a served one.
   *
   * @param name of a bundled one, a folder, or {@code http://HOST:PORT/NAME}
   * @param threads that a model of this machine computes on
   * @throws dev.unmask.engine.InputException if there is none, or it cannot be used
   */
  public static Model open(ModelFolders folders, String name, int threads) {
    return RemoteAddress.is(name)
        ? connect(RemoteAddress.of(name), Optional.empty())
        : Model.open(folders.resolve(name), threads);
  }

  /**
   * A served model. In traces it has its address for a name.
   *
   * @param tokenizer its tokenizer.json, if the server does not serve it
   */
  public static Model connect(RemoteAddress address, Optional<Path> tokenizer) {
    return connect(address, tokenizer, PAUSE);
  }

  static Model connect(RemoteAddress address, Optional<Path> tokenizer, Duration pause) {
    InferenceClient client = new InferenceClient(address, pause);
    try {
      ModelCard card = card(address, client);
      RemoteDenoiser denoiser = new RemoteDenoiser(address, client, card);
      Tokenizer opened =
          tokenizer.map(Tokenizer::open).orElseGet(() -> fetched(address, client, card));
      return new Model(address.text(), card.sha256(), denoiser, opened, card.vocabulary());
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static ModelCard card(RemoteAddress address, InferenceClient client) {
    InferenceClient.Reply reply = client.get(address.ofModel(""), LONGEST_METADATA);
    try {
      return ModelCard.of(address, Message.decode(reply.body(), OptionalInt.empty(), "").head());
    } catch (WireException e) {
      throw address.bad("has metadata that cannot be used: " + e.getMessage(), "check the server");
    }
  }

  private static Tokenizer fetched(RemoteAddress address, InferenceClient client, ModelCard card) {
    URI from =
        card.tokenizer()
            .map(address::resolve)
            .orElseThrow(() -> address.bad("comes without its tokenizer", "give --tokenizer FILE"));
    try {
      Path file = Files.createTempFile("tokenizer", ".json");
      try {
        Files.write(file, client.get(from, LONGEST_TOKENIZER).body());
        return Tokenizer.open(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file can be written", e);
    }
  }
}
