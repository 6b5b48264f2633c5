package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.config.StartupException;
import courier.reload.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that is started again after a save that was not live, or while files change. */
class RoutesAtStartTest {
  private static final String FILE = "hello.camel.yaml";
  private static final String ONE = KindsOfSaveTest.route("hello", "- setBody: {constant: one}");
  private static final String TWO = ONE.replace("one", "two");
  private static final String BROKEN = ONE + "  nonsense: [";

  @TempDir private Path routes;
  private RouteServiceFixture service;

  @BeforeEach
  void start() throws Exception {
    service = new RouteServiceFixture(routes, Map.of(FILE, ONE));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void startAgain() throws Exception {
    service.close();
    service = new RouteServiceFixture(routes, Map.of());
  }

  private void write(String text) throws IOException {
    Files.writeString(service.path(FILE), text);
  }

  @Test
  void whatWasRefusedIsNotLiveAfterARestartEither() throws Exception {
    service.save(FILE, BROKEN);

    for (int restart = 1; restart <= 2; restart++) {
      startAgain();
      assertEquals("one", service.ask("hello"));
      assertNotNull(service.problem(FILE));
    }
    service.save(FILE, TWO);
    startAgain();
    assertEquals("two", service.ask("hello"));
    assertNull(service.problem(FILE));
  }

  @Test
  void whatCannotBeReadIsNotLiveAfterARestartEither() throws Exception {
    Files.write(service.path(FILE), "# für\n".getBytes(StandardCharsets.ISO_8859_1));
    service.take(FILE);

    startAgain();

    assertEquals("one", service.ask("hello"));
    assertNotNull(service.problem(FILE));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsBeingWrittenAsTheServiceStartsRunsAsItDid(boolean brokenBefore) throws Exception {
    if (brokenBefore) {
      service.save(FILE, BROKEN);
    }
    service.close();
    write(""); // as an editor begins to
    service = new RouteServiceFixture(routes, Map.of(), () -> write(TWO));

    assertEquals("two", service.ask("hello"));
    write("");
    startAgain();
    assertEquals("two", service.ask("hello"));
    assertNotNull(service.problem(FILE));
  }

  @Test
  void anEmptyFileThatNeverRanIsSaidAtTheStart() throws Exception {
    Files.writeString(service.path("new.camel.yaml"), "");

    StartupException refusal = assertThrows(StartupException.class, this::startAgain);

    assertTrue(refusal.getMessage().contains("new.camel.yaml:1: it is empty"), refusal::getMessage);
  }

  private void takeBack() throws Exception {
    String failing = "- throwException: {exceptionType: java.lang.IllegalStateException}";
    service.save(FILE, KindsOfSaveTest.route("hello", failing));
    assertThrows(CamelExecutionException.class, () -> service.ask("hello"));
    assertThrows(CamelExecutionException.class, () -> service.ask("hello"));
    service.judge();
    assertEquals("one", service.ask("hello"));
  }

  @Test
  void whatWasTakenBackIsNotTriedAgain() throws Exception {
    takeBack();

    for (int restart = 1; restart <= 2; restart++) {
      startAgain();
      assertEquals("one", service.ask("hello"));
      assertNotNull(service.problem(FILE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void whatWasTakenBackIsTriedWhenItIsSavedAsTheServiceStarts(String answer) throws Exception {
    takeBack();
    service.close();
    service = new RouteServiceFixture(routes, Map.of(), () -> write(ONE.replace("one", answer)));

    assertEquals(answer, service.ask("hello"));
    assertNull(service.problem(FILE));
  }

  @Test
  void aFileThatWasCorrectedMeanwhileIsLive() throws Exception {
    service.save(FILE, BROKEN);
    write(TWO);

    startAgain();

    assertEquals("two", service.ask("hello"));
    assertNull(service.problem(FILE));
  }

  @Test
  void whatWasRefusedIsTriedOnceMoreAsOtherFilesMayBeThereByNow() throws Exception {
    service.save(FILE, KindsOfSaveTest.route("hello", "- to: direct:other"));
    assertNotNull(service.problem(FILE));
    String other = KindsOfSaveTest.route("other", "- setBody: {constant: other}");
    Files.writeString(service.path("other.camel.yaml"), other);

    startAgain();

    assertEquals("other", service.ask("hello"));
    assertNull(service.problem(FILE));
  }

  @Test
  void aFileThatWasDeletedThoughOthersNeedItRunsOn() throws Exception {
    service.save("needs.camel.yaml", KindsOfSaveTest.route("needs", "- to: direct:hello"));
    Files.delete(service.path(FILE));
    service.take(FILE);

    startAgain();

    assertEquals("one", service.ask("needs"));
    assertNotNull(service.problem(FILE));
  }

  @Test
  void aFileThatIsGoneStaysGone() throws Exception {
    service.save("other.camel.yaml", KindsOfSaveTest.route("other", "- log: hello"));
    Files.delete(service.path(FILE));
    service.take(FILE);

    startAgain();

    assertEquals(Set.of("other"), service.routes());
  }

  @Test
  void aFileThatChangesWhileTheServiceStartsIsTakenWhenItHasStarted() throws Exception {
    service.close();
    service = new RouteServiceFixture(routes, Map.of(), () -> write(TWO));
    assertEquals("two", service.ask("hello"));
    assertEquals(
        2, service.versions.of(service.path(FILE)).stream().filter(Version::wasLive).count());
  }

  @Test
  void aNewFileThatWasRefusedKeepsNoOtherFromStarting() throws Exception {
    service.save("broken.camel.yaml", BROKEN);

    startAgain();

    assertEquals("one", service.ask("hello"));
    assertNotNull(service.problem("broken.camel.yaml"));
  }
}
