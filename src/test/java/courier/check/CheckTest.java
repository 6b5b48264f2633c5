package courier.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.check.CheckedRoutes.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, and the mistakes that one file makes in another. */
class CheckTest {
  private static final String HANDLE = "client-b/handle-records.camel.yaml";
  private static final String ONE_BY_ONE = "client-b/handle-one-by-one.camel.yaml";
  private static final String RECEIVE = "client-b/receive-message.camel.yaml";
  private static final String SEND = "client-a/send-message.camel.yaml";
  private static final String CLEAN = "        - removeHeaders:\n            pattern: \"*\"\n";

  @TempDir Path folder;
  private CheckedRoutes routes;

  @BeforeEach
  void copy() throws IOException {
    routes = new CheckedRoutes(folder);
  }

  @Test
  void aPolicyThatNobodyNamesIsMissedByWhoReads() throws IOException {
    routes.plant(ONE_BY_ONE, "    routeConfigurationId: park-when-exhausted\n", "");

    assertEquals(
        List.of(
            new Said(
                RECEIVE,
                routes.line(RECEIVE, "- route:"),
                "dead-letter-policy",
                "routeConfigurationId: park-when-exhausted")),
        routes.errors());
  }

  @Test
  void aCommitThatIsGoneIsMissedByWhoReads() throws IOException {
    routes.plant(
        HANDLE, "beanType: courier.kafka.consumer.CommitBatch", "beanType: java.lang.Object");
    routes.plant(HANDLE, "method: commit(${variable.records})", "method: hashCode");

    assertEquals(List.of("commit-last"), routes.errors().stream().map(Said::rule).toList());
  }

  @Test
  void aFileMayBreakAGuaranteeIfItSaysWhy() throws IOException {
    routes.plant(SEND, CLEAN, "");
    routes.plant(
        SEND, "- beans:", "# courier: allow clean-headers because who asks is us\n- beans:");

    assertEquals(List.of(), routes.errors());
  }

  @Test
  void aRouteOfATemplateIsRefusedAsASaveWouldNotChangeIt() throws IOException {
    Files.writeString(
        routes.file("client-a/words.camel.yaml"),
        """
        - routeTemplate:
            id: words
            parameters:
              - name: word
            from:
              uri: direct:{{word}}
              steps:
                - log: "{{word}}"
        - templatedRoute:
            routeId: cat
            routeTemplateRef: words
            parameters:
              - name: word
                value: cat
        """);

    assertEquals(
        List.of(
            new Said(
                "client-a/words.camel.yaml",
                9,
                "template",
                "route: {id: …, from: …}, with what the template says")),
        routes.errors());
  }

  @Test
  void aJavaFileIsHeldToTheSame() throws IOException {
    String desk = "client-b/DeadLetterDesk.java";
    routes.plant(
        desk, ".to(\"direct:send-again\")", ".to(\"kafka:{{topics.messages}}?lingrMs=0\")");

    int line = routes.line(desk, "lingrMs");
    assertEquals(
        List.of(
            new Said(desk, line, "unknown-option", "lingerMs=0"),
            new Said(desk, line, "clean-headers", "- removeHeaders: {pattern: \"*\"}")),
        routes.errors());
  }

  @Test
  void aJavaFileThatIsNoneIsNamedWithItsLine() throws IOException {
    String desk = "client-b/DeadLetterDesk.java";
    routes.plant(desk, "desk, \"find\")", "desk, \"find)");

    Said said = routes.errors().get(0);
    assertEquals(
        desk + " java " + routes.line(desk, "\"find)"),
        said.file() + " " + said.rule() + " " + said.line());
  }

  @Test
  void aFileIsCheckedWithThoseBesideIt() throws IOException {
    routes.plant(HANDLE, "store-message\n", "store-mesage\n");

    assertEquals(1, routes.errors(routes.file(HANDLE).toString()).size());
    assertEquals(List.of(), routes.errors(routes.file(RECEIVE).toString()));
    assertEquals(1, routes.errors(routes.file("client-b").toString()).size());
    assertEquals(List.of(), routes.errors(routes.file("client-a").toString()));
  }

  @Test
  void aProgramLearnsFromTheStatusHowItWent() throws IOException {
    String all = routes.file("").toString();
    assertEquals(0, CheckedRoutes.status(all));
    routes.plant(HANDLE, "store-message\n", "store-mesage\n");
    assertEquals(1, CheckedRoutes.status(all));
    assertEquals(2, CheckedRoutes.status(all + "/none"));
  }

  @Test
  void aPersonReadsItAsFromACompiler() throws IOException {
    routes.plant(RECEIVE, "Enable: false", "Enable: true");
    Path file = routes.file(RECEIVE);

    String said = CheckedRoutes.run(file.toString());

    String expected =
        """
        %s:%d: error auto-commit: the consumer commits what is not handled yet
            write: autoCommitEnable: false
        1 file, 1 error, 0 warnings.
        """;
    assertEquals(expected.formatted(file, routes.line(RECEIVE, "autoCommitEnable")), said);
  }

  @Test
  void thereAreNoneInOurOwnFiles() throws IOException {
    assertEquals(List.of(), routes.errors());
  }
}
