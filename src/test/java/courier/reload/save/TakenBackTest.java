package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.failure.FailureKind;
import courier.reload.version.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version whose first messages fail where those of the one before did not. */
class TakenBackTest {
  private static final String HELLO = KindsOfSaveTest.route("hello", "- setBody: {constant: one}");
  private static final String THROW =
      "- throwException: {exceptionType: java.lang.%s, message: no luck}";
  private static final String FAILING =
      KindsOfSaveTest.route("hello", THROW.formatted("IllegalStateException"));

  /** Dead-letters what fails; and what the trial holds back, an outage, it leaves. */
  private static final String KEEPS =
      """
      - beans:
          - name: no-outage
            type: courier.failure.FailureIs
            constructors: {0: "poison,other"}
      - route:
          id: keeps
          errorHandler:
            noErrorHandler: {}
          from:
            uri: direct:keeps
            steps:
              - doTry:
                  steps:
                    - to: direct:hello
                  doCatch:
                    - exception: [java.lang.Throwable]
                      onWhen: {ref: no-outage}
                      steps:
                        - setBody: {constant: dead-lettered}
      """;

  @TempDir private Path routes;
  private RouteServiceFixture service;

  @BeforeEach
  void start() throws Exception {
    service =
        new RouteServiceFixture(
            routes,
            Map.of(
                "hello.camel.yaml",
                HELLO.replace("from:", "errorHandler: {noErrorHandler: {}}\n    from:"),
                "keeps.camel.yaml",
                KEEPS));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void save(String text) throws IOException {
    service.save(
        "hello.camel.yaml", text.replace("from:", "errorHandler: {noErrorHandler: {}}\n    from:"));
  }

  private Throwable failure(String route) {
    return assertThrows(CamelExecutionException.class, () -> service.ask(route)).getCause();
  }

  private List<Version.Result> results() {
    return service.versions.of(service.path("hello.camel.yaml")).stream()
        .map(Version::result)
        .toList();
  }

  @Test
  void isTakenBackAndWhatFailedIsHeldBackUntilThen() throws IOException {
    save(FAILING);

    // Not dead-lettered: it comes again, as after an outage.
    assertEquals(FailureKind.OUTAGE, FailureKind.of(failure("keeps")));
    service.judge();
    assertEquals(FailureKind.OUTAGE, FailureKind.of(failure("keeps")));
    service.judge();

    assertEquals("one", service.ask("keeps"));
    assertNotNull(service.problem("hello.camel.yaml"));
    assertEquals(
        List.of(Version.Result.LIVE, Version.Result.TAKEN_BACK),
        results().stream().distinct().toList());
  }

  @Test
  void isNotTriedAgainBeforeItIsSavedAgain() throws IOException {
    save(FAILING);
    failure("keeps");
    failure("keeps");
    service.judge();

    service.save("other.camel.yaml", KindsOfSaveTest.route("other", "- log: hello"));
    assertEquals("one", service.ask("keeps"));

    save(HELLO.replace("one", "two"));
    assertEquals("two", service.ask("keeps"));
    assertNull(service.problem("hello.camel.yaml"));
  }

  @Test
  void isLeftAloneWhenItFailsOnceByChance() throws IOException {
    save(
        KindsOfSaveTest.route(
            "hello",
            "- filter: {simple: \"${body} == 'unlucky'\", steps: ["
                + THROW.formatted("IllegalStateException").substring(2)
                + "]}"));
    assertThrows(
        CamelExecutionException.class,
        () -> service.context.createProducerTemplate().requestBody("direct:keeps", "unlucky"));
    service.judge();

    assertEquals("", service.ask("keeps"));
    assertNull(service.problem("hello.camel.yaml"));
  }

  @Test
  void isLeftAloneWhenTheStoreIsAway() throws IOException {
    save(
        KindsOfSaveTest.route(
            "hello",
            "- throwException: {exceptionType: org.apache.kafka.common.errors.TimeoutException,"
                + " message: away}"));
    failure("keeps");
    failure("keeps");
    failure("keeps");
    service.judge();

    assertNull(service.problem("hello.camel.yaml"));
  }

  @Test
  void isLetGoOnWhenTheVersionBeforeFailsLikewise() throws Exception {
    service.close();
    try (RouteServiceFixture failing =
        new RouteServiceFixture(
            routes, Map.of("hello.camel.yaml", FAILING, "keeps.camel.yaml", KEEPS))) {
      failing.save("hello.camel.yaml", FAILING.replace("no luck", "still no luck"));
      for (int i = 0; i < 2; i++) {
        assertThrows(CamelExecutionException.class, () -> failing.ask("keeps"));
      }
      failing.judge();
      assertNotNull(failing.problem("hello.camel.yaml"));

      // Of the version before, and dead-lettered as ever.
      assertEquals("dead-lettered", failing.ask("keeps"));
      failing.judge();

      assertNull(failing.problem("hello.camel.yaml"));
      assertEquals("dead-lettered", failing.ask("keeps"));
    }
  }

  @Test
  void aSecondSaveGoesBackWithTheFirstToWhatDidWell() throws IOException {
    save(FAILING);
    save(FAILING.replace("no luck", "still no luck"));
    failure("keeps");
    failure("keeps");
    service.judge();

    assertEquals("one", service.ask("keeps"));
  }

  @Test
  void onlyWhatFailsGoesBackOfWhatWasSavedMeanwhile() throws IOException {
    save(FAILING);
    service.save("keeps.camel.yaml", KEEPS + "# edited\n");
    service.save("other.camel.yaml", KindsOfSaveTest.route("other", "- log: hello"));
    Files.delete(service.path("other.camel.yaml"));
    service.take("other.camel.yaml");
    failure("keeps");
    failure("keeps");
    service.judge();

    assertEquals("one", service.ask("keeps"));
    assertEquals(KEEPS + "# edited\n", service.saved.text(service.path("keeps.camel.yaml")));
    assertEquals(Set.of("hello", "keeps"), service.routes());
  }

  @Test
  void whatCannotDoWithoutWhatFailsGoesBackWithIt() throws IOException {
    save(FAILING + KindsOfSaveTest.route("more", "- setBody: {constant: more}"));
    service.save("keeps.camel.yaml", KEEPS.replace("direct:hello", "direct:more"));
    assertEquals("more", service.ask("keeps"));
    failure("hello");
    failure("hello");
    service.judge();

    assertEquals("one", service.ask("keeps"));
    assertNotNull(service.problem("keeps.camel.yaml"));
  }

  @Test
  void whatIsNewHasNothingToGoBackTo() throws IOException {
    service.save(
        "fresh.camel.yaml",
        KindsOfSaveTest.route("fresh", THROW.formatted("IllegalStateException")));
    for (int i = 0; i < 3; i++) {
      assertEquals(FailureKind.OTHER, FailureKind.of(failure("fresh")));
    }
    service.judge();

    assertNull(service.problem("fresh.camel.yaml"));
  }
}
