package dev.unmask.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    images = folder.resolve("images");
    labels = folder.resolve("labels");
    Files.write(images, file(0x803, new int[] {2, 1, 3}, 0, 51, 255, 10, 20, 30));
    Files.write(labels, file(0x801, new int[] {2}, 4, 1));
  }

  @Test
  void pixelsRunFromBlackToWhite() {
    LabelledImages read = LabelledImages.read(images, labels);
    assertThat(read.count()).isEqualTo(2);
    assertThat(read.classes()).isEqualTo(5);
    float[] pixels = new float[5];
    read.copy(0, pixels, 1);
    assertThat(pixels).containsExactly(0, -1, -0.6f, 1, 0);
  }

  @Test
  void aPackedFileReadsAsThePlainOne() throws IOException {
    Path packed = folder.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(Files.readAllBytes(images));
    }
    assertThat(LabelledImages.read(packed, labels).pixels())
        .isEqualTo(LabelledImages.read(images, labels).pixels());
  }

  @Test
  void wrongFilesAreRefusedInASentence() throws IOException {
    refuses(labels, labels, "labels is no file of images in MNIST's format");
    refuses(images, images, "images is no file of labels in MNIST's format");
    refuses(folder.resolve("absent"), labels, "absent cannot be read");
    refuses(bytes(0x803, new int[] {2, 1, 3}, 0, 51), labels, "other ends too early");
    refuses(bytes(0x803, new int[] {3, 1, 1}, 0, 51, 1), labels, "other has 3 images, but");
    refuses(bytes(0x803, new int[] {-2, 1, 3}), labels, "other is no file of images");
    refuses(bytes(0x803, new int[] {2, 1 << 30, 3}), labels, "other is no file of images");
    refuses(bytes(0x803, new int[0]), labels, "other ends too early");
  }

  private void refuses(Path images, Path labels, String sentence) {
    assertThatThrownBy(() -> LabelledImages.read(images, labels))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }

  private Path bytes(int magic, int[] sizes, int... bytes) throws IOException {
    return Files.write(folder.resolve("other"), file(magic, sizes, bytes));
  }

  private static byte[] file(int magic, int[] sizes, int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + bytes.length).putInt(magic);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    for (int value : bytes) {
      buffer.put((byte) value);
    }
    return buffer.array();
  }
}
