package dev.unmask.engine.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Guidance;
import dev.unmask.engine.denoiser.Prediction;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.denoiser.RowMeaning;
import dev.unmask.engine.denoiser.TokenDenoiser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A model that a server evaluates. A server of this program is asked for the rows that are wanted
 * alone, or for their K greatest logits; from any other the logits of all positions come.
 */
final class RemoteDenoiser implements TokenDenoiser {
  /** Bytes of a reply that are no logits, at most. */
  private static final int HEAD = 1 << 16;

  /** Bytes of a number in a reply, at most: written in JSON. */
  private static final int NUMBER = 25;

  private final RemoteAddress address;
  private final InferenceClient client;
  private final ModelCard card;
  private final int topK;

  RemoteDenoiser(RemoteAddress address, InferenceClient client, ModelCard card) {
    this.address = address;
    this.client = client;
    this.card = card;
    this.topK = Math.min(address.number(RemoteAddress.TOP_K, 1, 0), vocabularySize() - 1);
    if (topK > 0 && !card.asksForRows()) {
      throw address.bad("gives all logits or none", "leave top_k out");
    }
  }

  @Override
  public int vocabularySize() {
    return card.vocabulary().size();
  }

  @Override
  public int contextLength() {
    return card.contextLength();
  }

  @Override
  public RowMeaning rowMeaning() {
    return card.rowMeaning();
  }

  @Override
  public boolean seesTime() {
    return card.takesTime();
  }

  @Override
  public OptionalInt blockSize() {
    return card.blockSize();
  }

  @Override
  public Prediction predict(Request request) {
    return card.asksForRows() ? ofRows(request) : ofAll(request);
  }

  private Prediction ofRows(Request request) {
    int slots = request.ids().length;
    int rows = request.rows().length;
    List<WireTensor> inputs = new ArrayList<>();
    inputs.add(WireTensor.of(ModelCard.IDS, request.ids(), 1, slots));
    inputs.add(WireTensor.of("positions", request.positions(), slots));
    inputs.add(WireTensor.of(ModelCard.ROWS, request.rows(), rows));
    ObjectNode head = head();
    head.withObject("/parameters").put("attention", AttentionWords.of(request.attention()));
    request.time().stream()
        .filter(_ -> card.takesTime())
        .forEach(time -> inputs.add(WireTensor.of(ModelCard.TIME, time)));
    request
        .guidance()
        .ifPresent(
            guidance -> {
              inputs.add(WireTensor.of("unconditional_ids", guidance.unconditional(), 1, slots));
              head.withObject("/parameters").put("guidance", guidance.scale());
            });
    if (topK > 0) {
      head.withObject("/parameters").put(RemoteAddress.TOP_K, topK);
    }
    return usable(
        () -> {
          Message reply = ask(new Message(head, inputs), rows);
          return new Prediction(
              request.rows(), topK > 0 ? spread(reply, rows) : logits(reply, rows, request.rows()));
        });
  }

  /** From a server that knows of sequences alone. */
  private Prediction ofAll(Request request) {
    boolean whole =
        Arrays.equals(request.positions(), IntStream.range(0, request.ids().length).toArray());
    if (!whole || !request.attention().equals(Attention.FULL)) {
      throw address.bad(
          "takes whole sequences that see all of themselves, and no windows",
          "choose another sampler, or serve it with unmask serve");
    }
    float[][] rows = ofAll(request.ids(), request.rows());
    if (request.guidance().isPresent()) {
      Guidance guidance = request.guidance().get();
      float[][] unconditional = ofAll(guidance.unconditional(), request.rows());
      for (int i = 0; i < rows.length; i++) {
        guidance.apply(rows[i], unconditional[i]);
      }
    }
    return new Prediction(request.rows(), rows);
  }

  private float[][] ofAll(int[] ids, int[] rows) {
    List<WireTensor> inputs = new ArrayList<>();
    inputs.add(WireTensor.of(ModelCard.IDS, ids, 1, ids.length));
    if (card.inputs().contains("attention_mask")) {
      int[] ones = new int[ids.length];
      Arrays.fill(ones, 1);
      inputs.add(WireTensor.of("attention_mask", ones, 1, ids.length));
    }
    return usable(() -> logits(ask(new Message(head(), inputs), ids.length), ids.length, rows));
  }

  private static ObjectNode head() {
    ObjectNode head = Message.JSON.createObjectNode();
    head.putObject("parameters").put("binary_data_output", true);
    return head;
  }

  private Message ask(Message question, int rows) {
    long row = topK > 0 ? topK * 2L + 1 : vocabularySize();
    long most = HEAD + rows * row * NUMBER;
    InferenceClient.Reply reply =
        client.post(
            address.ofModel("/infer"),
            question.encode(Message.INPUTS, true),
            (int) Math.min(most, Integer.MAX_VALUE - 8));
    return Message.decode(reply.body(), Message.headBytes(reply.headBytes()), Message.OUTPUTS);
  }

  /**
   * @param there how many rows there are in the reply
   * @param wanted the rows that were asked for, or which of those in the reply are wanted
   */
  private float[][] logits(Message reply, int there, int[] wanted) {
    int size = vocabularySize();
    WireTensor logits = reply.tensor(ModelCard.LOGITS).shaped(1, there, size);
    return IntStream.range(0, wanted.length)
        .map(i -> there == wanted.length ? i : wanted[i])
        .mapToObj(row -> logits.floats(row * size, size))
        .toArray(float[][]::new);
  }

  /**
   * The K greatest logits of each row, and what is left of the probability evenly on all others.
   */
  private float[][] spread(Message reply, int rows) {
    int size = vocabularySize();
    int[] ids = reply.tensor("top_ids").shaped(1, rows, topK).ints();
    WireTensor greatest = reply.tensor("top_logits").shaped(1, rows, topK);
    float[] rest = reply.tensor("rest").shaped(1, rows).floats(0, rows);
    float[][] spread = new float[rows][size];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(spread[row], (float) (rest[row] - StrictMath.log(size - topK)));
      float[] logits = greatest.floats(row * topK, topK);
      for (int k = 0; k < topK; k++) {
        int id = ids[row * topK + k];
        if (id < 0 || id >= size) {
          throw new WireException("its top_ids hold " + id);
        }
        spread[row][id] = logits[k];
      }
    }
    return spread;
  }

  private <T> T usable(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (WireException e) {
      throw address.bad("answered what cannot be used: " + e.getMessage(), "check the server");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
