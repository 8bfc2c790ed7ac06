package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.checkpoint.Model;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** What a server does with a request for an evaluation. */
record Evaluation(Model model) {
  /** The reply: logits of the rows that are asked for, or their K greatest. */
  Message answer(Message question) {
    Request request = request(question);
    Prediction prediction = model.denoiser().predict(request);
    int topK = question.head().path("parameters").path(RemoteAddress.TOP_K).asInt(0);
    ObjectNode head = Message.JSON.createObjectNode().put("model_name", model.name());
    int rows = request.rows().length;
    return new Message(
        head,
        topK > 0 && topK < model.vocabulary().size()
            ? greatest(prediction.logits(), topK)
            : List.of(
                WireTensor.of(
                    ModelCard.LOGITS, prediction.logits(), 1, rows, model.vocabulary().size())));
  }

  private Request request(Message question) {
    JsonNode parameters = question.head().path("parameters");
    int[] ids = ids(question, ModelCard.IDS);
    int[] all = IntStream.range(0, ids.length).toArray();
    int[] positions = question.has("positions") ? question.tensor("positions").ints() : all;
    int[] rows = question.has(ModelCard.ROWS) ? question.tensor(ModelCard.ROWS).ints() : all;
    check(ids, positions, rows);
    Optional<Guidance> guidance =
        question.has("unconditional_ids")
            ? Optional.of(
                new Guidance(
                    (float) parameters.path("guidance").asDouble(),
                    ids(question, "unconditional_ids")))
            : Optional.empty();
    if (guidance.isPresent() && guidance.get().unconditional().length != ids.length) {
      throw new WireException("its unconditional_ids are not as many as its input_ids");
    }
    OptionalDouble time =
        question.has("time")
            ? OptionalDouble.of(question.tensor("time").shaped(1).floats(0, 1)[0])
            : OptionalDouble.empty();
    return new Request(
        ids,
        positions,
        AttentionWords.parse(parameters.path("attention").asText("full")),
        rows,
        guidance,
        time,
        Optional.empty(),
        Context.NONE);
  }

  private int[] ids(Message question, String name) {
    int[] ids = question.tensor(name).ints();
    int size = model.vocabulary().size();
    for (int id : ids) {
      if (id < 0 || id >= size) {
        throw new WireException("its %s hold %d of %d tokens".formatted(name, id, size));
      }
    }
    return ids;
  }

  private void check(int[] ids, int[] positions, int[] rows) {
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
      sum += told[token] ? 0 : Math.exp(row[token] - row[best[0]]);
    }
    return (float) (row[best[0]] + Math.log(sum));
  }
}
