package kg.sakchy.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Broken copies of the committed seeds of a fuzz test, the same in every run: a few minutes' worth
 * of what a fuzzer does, in a second, in every build.
 */
public final class Mutations {
  private final List<byte[]> seeds;

  private Mutations(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  /** The seeds of a fuzz test, where jazzer-junit looks for them. */
  public static Mutations of(Class<?> test, String method) {
    URL folder = test.getResource(test.getSimpleName() + "Inputs/" + method);
    assertThat(folder).as("seeds of %s.%s", test.getSimpleName(), method).isNotNull();
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    assertThat(seeds).isNotEmpty();
    return new Mutations(seeds);
  }

  /** Tries {@code count} broken copies. */
  public void forEach(int count, Consumer<byte[]> target) {
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      byte[] data = seeds.get(random.nextInt(seeds.size())).clone();
      for (int changes = 1 + random.nextInt(4); changes > 0 && data.length > 0; changes--) {
        data = change(data, random);
      }
      target.accept(data);
    }
  }

  private byte[] change(byte[] data, Random random) {
    int at = random.nextInt(data.length);
    return switch (random.nextInt(6)) {
      case 0 -> {
        data[at] ^= (byte) (1 << random.nextInt(8));
        yield data;
      }
      case 1 -> {
        data[at] = (byte) random.nextInt(256);
        yield data;
      }
      case 2 -> {
        data[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        yield data;
      }
      case 3 -> Arrays.copyOf(data, at);
      case 4 -> {
        byte[] shorter = Arrays.copyOf(data, data.length - 1);
        System.arraycopy(data, at + 1, shorter, at, data.length - at - 1);
        yield shorter;
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        byte[] both = Arrays.copyOf(data, at + other.length);
        System.arraycopy(other, 0, both, at, other.length);
        yield both;
      }
    };
  }
}
