package dev.unmask.engine.training.bpe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.engine.AtomicFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A trained encoding.
 *
 * @param tokens by id, in the byte alphabet; the special ones first
 * @param merges in the order learnt
 */
public record BytePairVocabulary(List<String> tokens, List<Merge> merges) {
  /** The first ids: padding 0, end of text 1, unknown 2, mask 3. */
  public static final List<String> SPECIAL_TOKENS = List.of("<pad>", "<eos>", "<unk>", "[MASK]");

  private static final String MASK = "[MASK]";
  private static final JsonMapper JSON = new JsonMapper();

  /** Two tokens that become one. */
  public record Merge(String left, String right) {}

  /**
   * Writes a tokenizer.json as the Hugging Face tokenizers library reads it; decoding what was
   * encoded gives the same text.
   *
   * @throws dev.unmask.engine.InputException if the file cannot be written
   */
  public void write(Path file) {
    AtomicFile.write(file, out -> out.write(JSON.writeValueAsBytes(json())));
  }

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode().put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    SPECIAL_TOKENS.forEach(token -> added.add(special(added.size(), token)));
    root.putNull("normalizer");
    root.set("pre_tokenizer", byteLevel());
    root.putNull("post_processor");
    root.set("decoder", byteLevel());
    root.set("model", model());
    return root;
  }

  private static ObjectNode special(int id, String token) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", token)
        .put("single_word", false)
        // A mask stands for a whole word, the space before it included.
        .put("lstrip", token.equals(MASK))
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode byteLevel() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        // A space put before each text would come back when decoding.
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private ObjectNode model() {
    ObjectNode model =
        JSON.createObjectNode()
            .put("type", "BPE")
            .putNull("dropout")
            .putNull("unk_token")
            .putNull("continuing_subword_prefix")
            .putNull("end_of_word_suffix")
            .put("fuse_unk", false)
            .put("byte_fallback", false);
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
    return model;
  }
}
