package dev.unmask.engine.reference.recordings;

import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.reference.Recording;
import dev.unmask.engine.reference.SingleCase;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which slots see which when BD3-LM is trained: rows of ones and zeros. */
public final class BlockDiffusionMask implements SingleCase {
  @Override
  public boolean recognises(Recording recording) {
    return recording.source().matches("kuleshov-group/bd3lms@\\w+ .*:block_diff_mask");
  }

  @Override
  public Set<String> settings() {
    return Set.of("n", "block_size");
  }

  @Override
  public Optional<String> difference(Recording recording, int threads) {
    int length = recording.count("n");
    int[] positions =
        IntStream.concat(IntStream.range(0, length), IntStream.range(0, length)).toArray();
    Attention attention =
        new Attention.BlockDiffusion(Math.max(1, recording.count("block_size")), length);
    String[] recorded =
        recording.field("rows").valueStream().map(row -> row.asText()).toArray(String[]::new);
    if (recorded.length != positions.length) {
      return Optional.of(
          "%d rows were recorded and %d came".formatted(recorded.length, positions.length));
    }
    return IntStream.range(0, positions.length)
        .boxed()
        .flatMap(row -> difference(row, recorded[row], row(attention, positions, row)))
        .findFirst();
  }

  private static Stream<String> difference(int row, String recorded, String came) {
    return recorded.equals(came)
        ? Stream.empty()
        : Stream.of("row %d: %s was recorded and %s came".formatted(row, recorded, came));
  }

  private static String row(Attention attention, int[] positions, int query) {
    StringBuilder row = new StringBuilder();
    for (int key = 0; key < positions.length; key++) {
      row.append(attention.sees(positions, query, key) ? '1' : '0');
    }
    return row.toString();
  }
}
