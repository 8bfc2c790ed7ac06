package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerTest {
  /**
   * A first step cannot tell, for its length is the rate; what is remembered of the gradient can.
   */
  @ParameterizedTest
  @CsvSource({"5, 1", "1.5, 1", "0.5, 0.5"})
  void gradientsLongerThanOneAreCutDownToThatAndShorterOnesStay(float norm, float kept) {
    try (var ops = new HostTensors(1)) {
      Parameter gains = Parameter.gain(ops, "gains", 3);
      ops.write(gains.gradient(), 0, new float[] {0.6f * norm, 0, -0.8f * norm});
      Optimizer optimizer = new Optimizer(ops, List.of(gains));
      optimizer.update(0, 0.1);
      float[] mean = new float[3];
      ops.read(optimizer.memory().get("mean.gains"), 0, mean);
      // AdamW takes a tenth of the gradient into its mean.
      assertThat(mean).containsExactly(new float[] {0.06f * kept, 0, -0.08f * kept}, within(1e-6f));
    }
  }

  @Test
  void theNormIsThatOfAllGradientsTogether() {
    try (var ops = new HostTensors(1)) {
      Parameter first = Parameter.gain(ops, "first", 1);
      Parameter second = Parameter.gain(ops, "second", 1);
      ops.write(first.gradient(), 0, new float[] {3});
      ops.write(second.gradient(), 0, new float[] {4});
      Optimizer optimizer = new Optimizer(ops, List.of(first, second));
      optimizer.update(0, 0.1);
      float[] mean = new float[1];
      ops.read(optimizer.memory().get("mean.first"), 0, mean);
      assertThat(mean[0]).isCloseTo(0.06f, within(1e-6f));
    }
  }
}
