package dev.unmask.engine.checkpoint;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.denoiser.transformer.LladaArchitecture;
import dev.unmask.engine.safetensors.Bfloat16;
import dev.unmask.engine.safetensors.ElementType;
import dev.unmask.engine.safetensors.Entry;
import dev.unmask.engine.safetensors.SafetensorsWriter;
import dev.unmask.engine.safetensors.Source;
import dev.unmask.engine.training.bpe.BytePairTrainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Writes a model folder in the shape of LLaDA with a billion random weights in bfloat16, two
 * gigabytes, to try how large models run: {@code unmask run --model FOLDER}.
 */
final class RandomCheckpoint {
  private static final LladaArchitecture SHAPE =
      new LladaArchitecture(20, 1536, 12, 12, 4608, 126_464, 4096, false, 500_000, 1e-5f);

  /** Numbers that are drawn; a tensor repeats them. */
  private static final int DRAWN = 1 << 20;

  private RandomCheckpoint() {}

  public static void main(String... arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    Files.writeString(folder.resolve("config.json"), config().toString());
    BytePairTrainer.train(Stream.of(), 260).write(folder.resolve("tokenizer.json"));
    Random random = new Random(2026);
    SequencedMap<Entry, Source> tensors = new LinkedHashMap<>();
    for (Entry entry : SHAPE.tensors()) {
      boolean isGain = entry.shape().length == 1;
      ByteBuffer numbers = numbers(random, isGain ? 1 : 0);
      tensors.put(
          new Entry(entry.name(), ElementType.BF16, entry.shape()),
          sink -> {
            for (long left = 2 * entry.elements(); left > 0; left -= numbers.capacity()) {
              sink.put(numbers.slice(0, (int) Math.min(left, numbers.capacity())));
            }
          });
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of(), tensors);
  }

  private static ByteBuffer numbers(Random random, float mean) {
    ByteBuffer numbers = ByteBuffer.allocate(2 * DRAWN).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      numbers.putShort(Bfloat16.fromFloat(mean + 0.02f * (float) random.nextGaussian()));
    }
    return numbers.rewind();
  }

  private static ObjectNode config() {
    return new JsonMapper()
        .createObjectNode()
        .put("model_type", "llada")
        .put("block_type", "llama")
        .put("activation_type", "silu")
        .put("layer_norm_type", "rms")
        .put("rope", true)
        .put("d_model", SHAPE.width())
        .put("n_heads", SHAPE.heads())
        .put("n_layers", SHAPE.layers())
        .put("mlp_hidden_size", SHAPE.hidden())
        .put("vocab_size", SHAPE.vocabulary())
        .put("max_sequence_length", SHAPE.contextLength())
        .put("weight_tying", SHAPE.tied())
        .put("rope_theta", SHAPE.theta())
        .put("eos_token_id", 257)
        .put("mask_token_id", 258);
  }
}
