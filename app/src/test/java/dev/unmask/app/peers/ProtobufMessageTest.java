package dev.unmask.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By the examples of https://protobuf.dev/programming-guides/encoding. */
class ProtobufMessageTest {
  @Test
  void aWholeNumberTakesSevenBitsAByte() {
    assertThat(new ProtobufMessage().whole(1, 150).bytes()).containsExactly(0x08, 0x96, 0x01);
  }

  @Test
  void aTextHasItsLengthBeforeIt() {
    assertThat(new ProtobufMessage().text(2, "testing").bytes())
        .containsExactly(0x12, 0x07, 't', 'e', 's', 't', 'i', 'n', 'g');
  }

  @Test
  void aMessageLiesInAnotherAsBytesDo() {
    ProtobufMessage inner = new ProtobufMessage().whole(1, 150);
    assertThat(new ProtobufMessage().message(3, inner).bytes())
        .containsExactly(0x1a, 0x03, 0x08, 0x96, 0x01);
  }

  @Test
  void aRealNumberTakesFourBytesTheLowestFirst() {
    assertThat(new ProtobufMessage().real(2, 1).bytes())
        .containsExactly(0x15, 0x00, 0x00, 0x80, 0x3f);
  }

  @Test
  void aFieldNumberAboveFifteenTakesTwoBytes() {
    assertThat(new ProtobufMessage().whole(20, 1).bytes()).containsExactly(0xa0, 0x01, 0x01);
  }
}
