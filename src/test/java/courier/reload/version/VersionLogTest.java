package courier.reload.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.reload.version.Version.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionLogTest {
  private static final Path SHARED = Path.of("routes");
  private static final Path OWN = Path.of("routes/client-c");
  private static final Path FILE = OWN.resolve("a.camel.yaml");

  @TempDir private Path folder;
  private VersionLog log;

  @BeforeEach
  void start() {
    log = reopened();
  }

  private VersionLog reopened() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-26T00:00:00Z"), ZoneOffset.UTC);
    return new VersionLog(folder, SHARED, clock);
  }

  private List<Integer> numbers() {
    return log.of(FILE).stream().map(Version::number).toList();
  }

  @Test
  void keepsWhatWasSavedWithItsResultOverARestart() {
    log.add(FILE, "one", Result.LIVE, null);
    log.add(FILE, "two", Result.REFUSED, "a.camel.yaml:1: no");
    log.add(FILE, null, Result.DELETED, null);

    log = reopened();

    String time = "2026-11-26T00:00:00Z";
    assertEquals(
        List.of(
            new Version(1, time, Result.LIVE, null, "one"),
            new Version(2, time, Result.REFUSED, "a.camel.yaml:1: no", "two"),
            new Version(3, time, Result.DELETED, null, null)),
        log.of(FILE));
  }

  @Test
  void theSameAgainIsNoVersion() {
    log.add(FILE, "one", Result.LIVE, null);
    reopened().add(FILE, "one", Result.LIVE, null);

    assertEquals(List.of(1), numbers());
  }

  @Test
  void keepsTenAndAlwaysWhatOneMayGoBackTo() {
    log.add(FILE, "good", Result.LIVE, null);
    log.add(FILE, "better", Result.LIVE, null);
    IntStream.range(0, 20).forEach(i -> log.add(FILE, "bad" + i, Result.REFUSED, "no"));

    assertEquals(List.of(1, 2, 15, 16, 17, 18, 19, 20, 21, 22), numbers());
  }

  @Test
  void isBoundedInBytes() throws IOException {
    String large = "x".repeat(250_000);
    IntStream.range(0, 20).forEach(i -> log.add(FILE, large + i, Result.REFUSED, "no"));
    IntStream.range(0, 20).forEach(i -> log.add(FILE, large + i, Result.LIVE, null));

    assertTrue(Files.size(folder.resolve("a.camel.yaml.json")) < 2 << 20);
    IntStream.range(0, 220)
        .forEach(i -> log.add(OWN.resolve(i + ".camel.yaml"), "one", Result.LIVE, null));
    assertEquals(200, log.files(OWN).size());
  }

  @Test
  void tellsAFileThatAllShareFromOneOfTheSameName() {
    log.add(FILE, "own", Result.LIVE, null);
    log.add(SHARED.resolve("a.camel.yaml"), "shared", Result.LIVE, null);

    assertEquals("own", log.of(FILE).get(0).text());
    assertEquals(List.of(FILE, SHARED.resolve("a.camel.yaml")), log.files(OWN));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoReasonToFail() throws IOException {
    folder = Files.writeString(folder.resolve("file"), "");
    log = reopened();
    log.add(FILE, "one", Result.LIVE, null);

    assertEquals(List.of(), log.of(FILE));
  }
}
