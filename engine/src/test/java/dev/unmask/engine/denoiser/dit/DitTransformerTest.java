package dev.unmask.engine.denoiser.dit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.engine.GoldenFiles;
import dev.unmask.engine.InputException;
import dev.unmask.engine.denoiser.Attention;
import dev.unmask.engine.denoiser.Context;
import dev.unmask.engine.denoiser.Request;
import dev.unmask.engine.safetensors.SafetensorsFile;
import dev.unmask.engine.tensor.HostTensors;
import dev.unmask.engine.tensor.PortableTensors;
import dev.unmask.engine.tensor.TensorOps;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Its logits are checked against recordings by the reference room. */
class DitTransformerTest {
  private static final DitArchitecture TIMED =
      new DitArchitecture("backbone.", 2, 64, 4, 16, 40, 16, true, true, false);
  private static final DitArchitecture BLOCKS =
      new DitArchitecture("backbone.", 2, 64, 4, 16, 40, 16, false, false, false);
  private static final Request REQUEST =
      Request.ofSequence(
          new int[] {5, 39, 7, 39, 39, 12},
          new Attention.BlockCausal(2),
          new int[] {1, 4},
          Optional.empty());

  @Test
  void bothBackEndsGiveTheSameLogits() {
    assertSame("mdlm_like_adaln", TIMED);
    assertSame("bd3lm_no_adaln", BLOCKS);
  }

  private static void assertSame(String name, DitArchitecture shape) {
    try (DitTransformer host = open(name, shape, new HostTensors(2));
        DitTransformer portable = open(name, shape, new PortableTensors())) {
      float[][] expected = portable.predict(REQUEST.at(0.3)).logits();
      float[][] came = host.predict(REQUEST.at(0.3)).logits();
      for (int row = 0; row < expected.length; row++) {
        assertThat(came[row]).containsExactly(expected[row], within(1e-4f));
      }
    }
  }

  @Test
  void itIsToldAnotherTimeAnotherTime() {
    try (DitTransformer timed = open("mdlm_like_adaln", TIMED, new HostTensors(1));
        DitTransformer untimed = open("mdlm_like_adaln", TIMED.timed(false), new HostTensors(1))) {
      float[][] early = timed.predict(REQUEST.at(0.9)).logits();
      float[][] late = timed.predict(REQUEST.at(0.1)).logits();
      assertThat(late[0]).isNotEqualTo(early[0]);
      assertThat(timed.predict(REQUEST.at(0.9)).logits()).isDeepEqualTo(early);
      assertThat(untimed.predict(REQUEST).logits())
          .isDeepEqualTo(timed.predict(REQUEST.at(0)).logits());
    }
  }

  @Test
  void keysAndValuesOfAnotherTimeDoNotServe() {
    int[] before = Arrays.copyOf(REQUEST.ids(), 4);
    Request behind =
        REQUEST
            .window(4, 6, new int[] {0})
            .at(0.1)
            .in(new Context.Earlier(0, before, OptionalDouble.of(0.1)));
    try (DitTransformer fresh = open("mdlm_like_adaln", TIMED, new HostTensors(1));
        DitTransformer used = open("mdlm_like_adaln", TIMED, new HostTensors(1))) {
      used.predict(REQUEST.at(0.9).in(Context.KEPT));
      assertThat(used.predict(behind).logits()).isDeepEqualTo(fresh.predict(behind).logits());
    }
  }

  @Test
  void weightsOfAnotherArchitectureAreNamed() {
    assertThatThrownBy(() -> open("bd3lm_no_adaln", TIMED, new HostTensors(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("blocks.0.adaLN_modulation.weight is missing");
    assertThatThrownBy(() -> open("mdlm_like_adaln", BLOCKS, new HostTensors(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no place in it");
  }

  private static DitTransformer open(String name, DitArchitecture shape, TensorOps ops) {
    try (SafetensorsFile file =
        SafetensorsFile.open(GoldenFiles.path("tiny_dit/" + name + ".safetensors"))) {
      return new DitTransformer(shape, file, ops);
    }
  }
}
