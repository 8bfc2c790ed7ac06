package dev.unmask.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.engine.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {
  private static final int COUNT = 40;
  private static final PictureSize PICTURE = new PictureSize(1280, 720, 1);

  private final List<String> written = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void writesEveryPictureOnceAndInOrderWithTheOneBefore(int threads) throws IOException {
    List<String> told = new ArrayList<>();
    run(threads, PipelineTest::picture, (done, all) -> told.add(done + " of " + all));
    assertThat(written).hasSize(COUNT).startsWith("0 after -1", "1 after 0", "2 after 1");
    assertThat(written).last().isEqualTo("39 after 38");
    assertThat(told).hasSize(COUNT).startsWith("1 of 40").endsWith("40 of 40");
  }

  @Test
  void asManyPicturesArePaintedAtOnceAsThereAreThreads() throws IOException {
    // Nobody passes before three are painting.
    var three = new CyclicBarrier(3);
    run(
        3,
        index -> {
          try {
            three.await(1, TimeUnit.MINUTES);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return picture(index);
        },
        39);
    assertThat(written).hasSize(39);
  }

  @Test
  void noMorePicturesAreUnderWayThanThereIsMemoryFor() throws IOException {
    var begun = new AtomicInteger();
    var pipeline = new Pipeline(2);
    pipeline.run(
        COUNT,
        index -> {
          begun.incrementAndGet();
          return picture(index);
        },
        (index, before, picture) -> index,
        (index, encoded) -> assertThat(begun.get()).isLessThanOrEqualTo(index + pipeline.ahead()),
        ExportProgress.NONE);
    assertThat(begun.get()).isEqualTo(COUNT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theFirstPictureThatCannotBePaintedIsToldAndNothingAfterItIsWritten(int threads) {
    assertThatThrownBy(
            () ->
                run(
                    threads,
                    index -> {
                      if (index >= 7) {
                        throw new InputException("picture " + index);
                      }
                      return picture(index);
                    },
                    COUNT))
        .isInstanceOf(InputException.class)
        .hasMessage("picture 7");
    assertThat(written).hasSize(7);
  }

  @Test
  void aPictureThatCannotBeEncodedIsTold() {
    assertThatThrownBy(
            () ->
                new Pipeline(2)
                    .run(
                        COUNT,
                        PipelineTest::picture,
                        (index, before, picture) -> {
                          throw new InputException("picture " + index);
                        },
                        (_, _) -> written.add("one"),
                        ExportProgress.NONE))
        .hasMessage("picture 0");
    assertThat(written).isEmpty();
  }

  @Test
  void afterItIsGivenUpNothingIsPaintedAnyMore() {
    var painting = new AtomicInteger();
    IntFunction<Picture> paint =
        index -> {
          painting.incrementAndGet();
          Picture picture = picture(index);
          painting.decrementAndGet();
          return picture;
        };
    assertThatThrownBy(
            () ->
                run(
                    3,
                    paint,
                    (done, all) -> {
                      if (done == 5) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(painting.get()).isZero();
    assertThat(written).hasSize(5);
  }

  @Test
  void asManyThreadsPaintAsThereIsMemoryForTheirPictures() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(Pipeline.onAllCores(new PictureSize(16, 16, 1)).threads()).isEqualTo(cores);
    assertThat(Pipeline.onAllCores(new PictureSize(16_384, 16_384, 1)).threads())
        .isBetween(1, cores);
    assertThat(Pipeline.threads(1_000, PICTURE, 1L << 20)).isEqualTo(1);
    assertThat(Pipeline.threads(1_000, PICTURE, 1L << 30)).isEqualTo(36);
    assertThat(Pipeline.threads(4, PICTURE, 1L << 30)).isEqualTo(4);
  }

  private void run(int threads, IntFunction<Picture> paint, int count) throws IOException {
    run(threads, paint, count, ExportProgress.NONE);
  }

  private void run(int threads, IntFunction<Picture> paint, ExportProgress progress)
      throws IOException {
    run(threads, paint, COUNT, progress);
  }

  private void run(int threads, IntFunction<Picture> paint, int count, ExportProgress progress)
      throws IOException {
    new Pipeline(threads)
        .run(
            count,
            paint,
            (index, before, picture) ->
                picture.width() + " after " + (before == null ? -1 : before.width()),
            (_, encoded) -> written.add(encoded),
            progress);
  }

  /** Of a width that tells its number. */
  private static Picture picture(int index) {
    return new Picture(index, 1, new int[index], true);
  }
}
