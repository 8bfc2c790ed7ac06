package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.InputException;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Vocabulary;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * What is served of a model: its metadata, whether it is ready, its tokenizer and its evaluations.
 *
 * @param tokenizer the file of its tokenizer.json
 */
record ServedModel(Model model, Path tokenizer) {
  private static final System.Logger LOG = System.getLogger(ServedModel.class.getName());

  /** The longest question about any sequence, in bytes. */
  private static final int LONGEST = 1 << 24;

  /** Bytes of a question that are no numbers. */
  private static final int HEAD = 1 << 16;

  /** Bytes that a position takes in a question: four numbers, each written in JSON. */
  private static final int POSITION = 4 * 24;

  String path() {
    return "/v2/models/" + model.name();
  }

  /** How many bytes a question about a sequence that the model can see may have. */
  int longestQuestion() {
    long longest = HEAD + (long) POSITION * model.denoiser().contextLength();
    return (int) Math.min(longest, LONGEST);
  }

  /** By which method something is asked for; by none if it is not there. */
  Optional<HttpMethod> method(String path) {
    if (path.equals(path() + "/infer")) {
      return Optional.of(HttpMethod.POST);
    }
    return Optional.of(HttpMethod.GET).filter(_ -> page(path).isPresent());
  }

  private enum Page {
    SERVER,
    READY,
    METADATA,
    TOKENIZER
  }

  private Optional<Page> page(String path) {
    if (path.equals("/v2")) {
      return Optional.of(Page.SERVER);
    }
    if (path.equals("/v2/health/live")
        || path.equals("/v2/health/ready")
        || path.equals(path() + "/ready")) {
      return Optional.of(Page.READY);
    }
    if (path.equals(path())) {
      return Optional.of(Page.METADATA);
    }
    return Optional.of(Page.TOKENIZER).filter(_ -> path.equals(path() + "/tokenizer"));
  }

  /** Answers what {@link #method} says is asked for by GET. */
  Answer get(String path) {
    return switch (page(path).orElseThrow()) {
      case SERVER -> Answer.json(server());
      case READY -> Answer.json(Message.JSON.createObjectNode());
      case METADATA -> Answer.json(metadata());
      case TOKENIZER -> tokenizerFile();
    };
  }

  private Answer tokenizerFile() {
    try {
      return Answer.json(Files.readAllBytes(tokenizer));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, tokenizer + " cannot be read", e);
      return Answer.error(
          HttpResponseStatus.INTERNAL_SERVER_ERROR, "the tokenizer's file cannot be read");
    }
  }

  private static ObjectNode server() {
    ObjectNode root = Message.JSON.createObjectNode().put("name", "unmask").put("version", "2");
    root.putArray("extensions").add("binary_tensor_data");
    return root;
  }

  private ObjectNode metadata() {
    Vocabulary vocabulary = model.vocabulary();
    ObjectNode root = Message.JSON.createObjectNode().put("name", model.name());
    root.put("platform", "unmask").putArray("versions").add("1");
    ArrayNode inputs = root.putArray("inputs");
    add(inputs, ModelCard.IDS, WireType.INT64, 1, -1);
    add(inputs, "unconditional_ids", WireType.INT64, 1, -1);
    add(inputs, "positions", WireType.INT64, -1);
    add(inputs, ModelCard.ROWS, WireType.INT64, -1);
    if (model.denoiser().seesTime()) {
      add(inputs, ModelCard.TIME, WireType.FP64, 1);
    }
    ArrayNode outputs = root.putArray("outputs");
    add(outputs, ModelCard.LOGITS, WireType.FP32, 1, -1, vocabulary.size());
    add(outputs, "top_ids", WireType.INT64, 1, -1, -1);
    add(outputs, "top_logits", WireType.FP32, 1, -1, -1);
    add(outputs, "rest", WireType.FP32, 1, -1);
    ObjectNode properties = root.putObject("properties");
    properties.put(RemoteAddress.MASK, String.valueOf(vocabulary.maskId()));
    properties.put(
        RemoteAddress.ENDS,
        Arrays.stream(vocabulary.endIds())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",")));
    properties.put(RemoteAddress.CONTEXT, String.valueOf(model.denoiser().contextLength()));
    properties.put(RemoteAddress.ROWS, ModelCard.word(model.denoiser().rowMeaning()));
    model
        .denoiser()
        .blockSize()
        .ifPresent(size -> properties.put(RemoteAddress.BLOCK, String.valueOf(size)));
    properties.put(ModelCard.SHA256, model.sha256());
    properties.put(ModelCard.TOKENIZER, path() + "/tokenizer");
    return root;
  }

  private static void add(ArrayNode list, String name, WireType type, int... shape) {
    ArrayNode sizes =
        list.addObject().put("name", name).put("datatype", type.name()).putArray("shape");
    Arrays.stream(shape).forEach(sizes::add);
  }

  /**
   * Evaluates the model.
   *
   * @param headBytes the HTTP header of that name, null if there is none
   * @throws CancellationException if the thread was interrupted
   */
  Answer infer(byte[] body, String headBytes) {
    try {
      Message question = Message.decode(body, Message.headBytes(headBytes), Message.INPUTS);
      Evaluation evaluation = Evaluation.of(model, question);
      boolean binary = evaluation.binary();
      Message.Bytes reply = evaluation.answer().encode(Message.OUTPUTS, binary);
      return binary ? Answer.binary(reply) : Answer.json(reply.all());
    } catch (WireException e) {
      return Answer.error(
          HttpResponseStatus.BAD_REQUEST, "the request cannot be used: " + e.getMessage());
    } catch (InputException e) {
      return Answer.error(HttpResponseStatus.BAD_REQUEST, e.getMessage());
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.log(System.Logger.Level.ERROR, "an evaluation failed", e);
      return Answer.error(
          HttpResponseStatus.INTERNAL_SERVER_ERROR,
          "the evaluation failed; the server's log says why");
    }
  }
}
