package courier.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.chaos.checker.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code mvn verify -Pchaos -Dseed=7 -Dminutes=10} runs this and nothing else. */
class ChaosIT {
  private static final long SEED = Long.getLong("seed", 1);
  private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("minutes", 1));

  @Test
  void nothingIsLostRepeatedOrMixedUpWhateverFails() throws IOException {
    Path folder = Path.of("target/chaos/seed-" + SEED);
    empty(folder);
    Verdict verdict = new Chaos(folder, SEED, LENGTH).run();
    verdict.figures().named().forEach((name, value) -> System.out.println(name + ": " + value));
    assertEquals(List.of(), verdict.names(), () -> "see " + folder.resolve("report.md"));
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
