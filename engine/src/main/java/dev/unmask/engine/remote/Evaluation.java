package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * What a server does with a request for an evaluation.
 *
 * @param topK how many logits of each row are sent, 0 for all
 * @param binary whether numbers are sent as bytes and not in JSON
 */
record Evaluation(Model model, Request request, int topK, boolean binary) {
  /** How many numbers a reply may have: a gigabyte of them, and what JSON can be built of. */
  private static final int MOST = 1 << 28;

  private static final int MOST_IN_JSON = 1 << 22;

  /**
   * Checks a question.
   *
   * @throws WireException if it is none that the model can be asked
   */
  static Evaluation of(Model model, Message question) {
    Parameters parameters = new Parameters(question.head().path("parameters"));
    int size = model.vocabulary().size();
    int greatest = parameters.count(RemoteAddress.TOP_K);
    Evaluation evaluation =
        new Evaluation(
            model,
            request(model, question, parameters),
            greatest < size ? greatest : 0,
            parameters.flag("binary_data_output"));
    evaluation.checkReply();
    return evaluation;
  }

  private void checkReply() {
    int row = topK > 0 ? 2 * topK + 1 : model.vocabulary().size();
    int most = binary ? MOST : MOST_IN_JSON;
    if ((long) request.rows().length * row > most) {
      throw new WireException(
          "it asks for %d rows of %d numbers, more than the %d that a reply has%s"
              .formatted(
                  request.rows().length,
                  row,
                  most,
                  binary ? "" : " without \"binary_data_output\": true"));
    }
  }

  /** The reply: logits of the rows that are asked for, or their K greatest. */
  Message answer() {
    Prediction prediction = model.denoiser().predict(request);
    int rows = request.rows().length;
    return new Message(
        Message.JSON.createObjectNode().put("model_name", model.name()),
        topK > 0
            ? greatest(prediction.logits(), topK)
            : List.of(
                WireTensor.of(
                    ModelCard.LOGITS, prediction.logits(), 1, rows, model.vocabulary().size())));
  }

  private static Request request(Model model, Message question, Parameters parameters) {
    int[] ids = ids(model, question, ModelCard.IDS);
    int[] all = IntStream.range(0, ids.length).toArray();
    int[] positions = question.has("positions") ? whole(question, "positions") : all;
    int[] rows = question.has(ModelCard.ROWS) ? whole(question, ModelCard.ROWS) : all;
    check(model, ids, positions, rows);
    Optional<Guidance> guidance =
        question.has("unconditional_ids")
            ? Optional.of(
                new Guidance(
                    (float) parameters.number("guidance"),
                    ids(model, question, "unconditional_ids")))
            : Optional.empty();
    if (guidance.isPresent() && guidance.get().unconditional().length != ids.length) {
      throw new WireException("its unconditional_ids are not as many as its input_ids");
    }
    OptionalDouble time =
        question.has("time") ? OptionalDouble.of(time(question)) : OptionalDouble.empty();
    return new Request(
        ids,
        positions,
        AttentionWords.parse(parameters.text("attention", "full")),
        rows,
        guidance,
        time,
        Optional.empty(),
        Context.NONE);
  }

  private static int[] ids(Model model, Message question, String name) {
    int[] ids = whole(question, name);
    long[] shape = question.tensor(name).shape();
    if (shape.length != 2 || shape[0] != 1) {
      throw new WireException(
          "its %s have the shape %s and not [1, T], one sequence"
              .formatted(name, Arrays.toString(shape)));
    }
    int size = model.vocabulary().size();
    for (int id : ids) {
      if (id < 0 || id >= size) {
        throw new WireException("its %s hold %d of %d tokens".formatted(name, id, size));
      }
    }
    return ids;
  }

  private static int[] whole(Message question, String name) {
    WireTensor tensor = question.tensor(name);
    if (!tensor.type().isWhole()) {
      throw new WireException(
          "its %s are %s and not INT64 or INT32".formatted(name, tensor.type()));
    }
    return tensor.ints();
  }

  private static double time(Message question) {
    double time = question.tensor("time").shaped(1).floats(0, 1)[0];
    if (!(time >= 0 && time <= 1)) {
      throw new WireException("its time is %s and not from 0 to 1".formatted(time));
    }
    return time;
  }

  private static void check(Model model, int[] ids, int[] positions, int[] rows) {
    int most = model.denoiser().contextLength();
    if (ids.length < 1 || ids.length > most) {
      throw new WireException(
          "it has %d tokens and the model sees 1 to %d".formatted(ids.length, most));
    }
    if (positions.length != ids.length
        || IntStream.of(positions).anyMatch(position -> position < 0 || position >= most)) {
      throw new WireException("its positions are not one for each token, from 0 to " + (most - 1));
    }
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= ids.length || i > 0 && rows[i] <= rows[i - 1]) {
        throw new WireException("its rows are not ascending slots of " + ids.length);
      }
    }
  }

  /** What a question has besides its tensors; what is absent has a default. */
  private record Parameters(JsonNode node) {
    int count(String name) {
      JsonNode value = node.path(name);
      if (value.isMissingNode()) {
        return 0;
      }
      if (!value.isInt() || value.intValue() < 1) {
        throw wrong(name, "a whole number from 1");
      }
      return value.intValue();
    }

    double number(String name) {
      JsonNode value = node.path(name);
      if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
        throw wrong(name, "a number");
      }
      return value.doubleValue();
    }

    boolean flag(String name) {
      JsonNode value = node.path(name);
      if (!value.isMissingNode() && !value.isBoolean()) {
        throw wrong(name, "true or false");
      }
      return value.booleanValue();
    }

    String text(String name, String absent) {
      JsonNode value = node.path(name);
      if (!value.isMissingNode() && !value.isTextual()) {
        throw wrong(name, "a text");
      }
      return value.asText(absent);
    }

    private WireException wrong(String name, String wanted) {
      return new WireException(
          "its %s is %s and not %s".formatted(name, Message.words(node.path(name)), wanted));
    }
  }

  /** The K greatest logits of each row, and the logarithm of all others' exponentials together. */
  private static List<WireTensor> greatest(float[][] logits, int k) {
    int[] ids = new int[logits.length * k];
    float[][] values = new float[logits.length][];
    float[][] rest = new float[1][logits.length];
    for (int row = 0; row < logits.length; row++) {
      int[] best = best(logits[row], k);
      values[row] = new float[k];
      for (int i = 0; i < k; i++) {
        ids[row * k + i] = best[i];
        values[row][i] = logits[row][best[i]];
      }
      rest[0][row] = rest(logits[row], best);
    }
    return List.of(
        WireTensor.of("top_ids", ids, 1, logits.length, k),
        WireTensor.of("top_logits", values, 1, logits.length, k),
        WireTensor.of("rest", rest, 1, logits.length));
  }

  /** The ids of the greatest, greatest first, the lower id first among equals. */
  private static int[] best(float[] row, int k) {
    PriorityQueue<Integer> least =
        new PriorityQueue<>(
            (a, b) -> row[a] == row[b] ? Integer.compare(b, a) : Float.compare(row[a], row[b]));
    for (int token = 0; token < row.length; token++) {
      if (least.size() < k || row[token] > row[least.element()]) {
        least.add(token);
      }
      if (least.size() > k) {
        least.remove();
      }
    }
    int[] best = new int[k];
    for (int i = k - 1; i >= 0; i--) {
      best[i] = least.remove();
    }
    return best;
  }

  private static float rest(float[] row, int[] best) {
    boolean[] told = new boolean[row.length];
    for (int token : best) {
      told[token] = true;
    }
    double sum = 0;
    for (int token = 0; token < row.length; token++) {
      sum += told[token] ? 0 : StrictMath.exp(row[token] - row[best[0]]);
    }
    return (float) (row[best[0]] + StrictMath.log(sum));
  }
}
