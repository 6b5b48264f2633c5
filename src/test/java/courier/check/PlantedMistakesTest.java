package courier.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import courier.check.CheckedRoutes.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in Courier's own route files, each found alone, at its line, with the line to write. */
class PlantedMistakesTest {
  private static final String SEND = "client-a/send-message.camel.yaml";
  private static final String HANDLE = "client-b/handle-records.camel.yaml";
  private static final String LIST = "client-b/list-messages.camel.yaml";
  private static final String PARK = "client-b/park-when-exhausted.camel.yaml";
  private static final String PUSH = "client-b/push-stored.camel.yaml";
  private static final String RECEIVE = "client-b/receive-message.camel.yaml";
  private static final String REVOKE = "client-b/revoke-tokens.camel.yaml";
  private static final String TAKE = "client-b/take-message.camel.yaml";

  private static final String STORE = "        - to:\n            id: store-messages\n";
  private static final String PUSHED = "        - to:\n            uri: direct:push-stored-here\n";
  private static final String CLEAN = "        - removeHeaders:\n            pattern: \"*\"\n";
  private static final String COMMIT =
      """
              - bean:
                  beanType: courier.kafka.consumer.CommitBatch
                  method: commit(${variable.records})
      """;

  @TempDir Path folder;
  private CheckedRoutes routes;

  @BeforeEach
  void copy() throws IOException {
    routes = new CheckedRoutes(folder);
  }

  /** A text, what is written instead, a text of the line that is named, the rule, what to write. */
  private static Arguments one(
      String file, String right, String wrong, String where, String rule, String write) {
    return arguments(file, right, wrong, where, rule, write);
  }

  static Stream<Arguments> ofTheYaml() {
    return Stream.of(
        one(HANDLE, "- split:", "- splitt:", "splitt", "yaml", "- split:"),
        one(HANDLE, "simple:", "simpel:", "simpel", "yaml", "simple:"),
        one(
            SEND,
            "tion: Takes a",
            "n: Takes a",
            "descripn",
            "yaml",
            "description: Takes a message"),
        one(PARK, "LogLevel: WARN", "LogLevel: WRN", "WRN", "yaml", "retryAttemptedLogLevel: WARN"),
        one(PARK, "iplier: 2", "iplier: two", "two", "yaml", "backOffMultiplier: 1"),
        one(
            HANDLE,
            "  id: keep-mine",
            " id: keep-mine",
            "expression:",
            "yaml",
            "what is meant by"));
  }

  static Stream<Arguments> ofEndpoints() {
    return Stream.of(
        one(SEND, "kafka:{", "kafkka:{", "kafkka", "unknown-component", "uri: kafka:{{topics.m"),
        one(
            LIST,
            "platform-http:/messages\n",
            "log:x\n",
            "log:x",
            "producer-only",
            "uri: timer:log"),
        one(SEND, "lingerMs", "lingrMs", "lingrMs", "unknown-option", "lingerMs: 0"),
        one(PUSH, "useIterator", "useIteratr", "Iteratr", "unknown-option", "useIterator: true"),
        one(SEND, "BlockMs: 1500", "BlockMs: soon", "soon", "option-value", "maxBlockMs: 60000"),
        one(
            RECEIVE,
            "earliest",
            "earlyest",
            "earlyest",
            "option-value",
            "autoOffsetReset: earliest"),
        one(SEND, "tence: true", "tence: ja", ": ja", "option-value", "enableIdempotence: true"),
        one(REVOKE, "role: operator", "role: boss", "boss", "option-value", "role: anybody"),
        one(
            REVOKE,
            "role: operator",
            "roll: operator",
            "roll",
            "unknown-option",
            "role: operator"));
  }

  static Stream<Arguments> ofNames() {
    return Stream.of(
        one(
            HANDLE,
            "store-message\n",
            "store-mesage\n",
            "mesage",
            "direct",
            "uri: direct:store-message"),
        one(
            LIST,
            "with-error",
            "with-eror",
            "eror",
            "policy",
            "routeConfigurationId: answer-with-error"),
        one(
            TAKE,
            "topics.messages",
            "topics.mesages",
            "mesages",
            "placeholder",
            "uri: kafka:{{topics.messages}}"),
        one(HANDLE, "ref: announcer", "ref: anouncer", "anouncer", "bean", "ref: announcer"),
        one(
            HANDLE,
            "ReadMessage",
            "ReadMesage",
            "Mesage",
            "class",
            "beanType: courier.message.ReadMessage"),
        one(HANDLE, "readBatch", "readBach", "readBach", "method", "method: readBatch"),
        one(
            PUSH,
            "push-stored-here",
            "push-stored",
            "id: push-stored",
            "same-id",
            "id: push-stored-2"),
        one(SEND, "    id: send-message\n", "", "- route:", "no-id", "id: send-message"),
        one(
            HANDLE,
            "[to]} in",
            "[to] in",
            "[to] in",
            "expression",
            "expression: \"${body[to]} in '{{cli"));
  }

  static Stream<Arguments> ofGuarantees() {
    return Stream.of(
        one(
            RECEIVE,
            "Enable: false",
            "Enable: true",
            "Enable",
            "auto-commit",
            "autoCommitEnable: false"),
        one(
            RECEIVE,
            "allowManualCommit: true",
            "",
            "uri: \"kafka",
            "auto-commit",
            "allowManualCommit: true"),
        one(
            HANDLE,
            STORE,
            COMMIT + STORE,
            "- bean:",
            "commit-last",
            "- to: {uri: \"direct:store-message\"}"),
        one(
            HANDLE,
            STORE,
            PUSHED + STORE,
            "- to:",
            "stored-before-announced",
            "- to: {uri: \"direct:store-message\"}"),
        one(SEND, CLEAN, "", "- to:", "clean-headers", "- removeHeaders: {pattern: \"*\"}"),
        one(
            PARK,
            "NewException: false",
            "NewException: true",
            "NewEx",
            "dead-letter-kept",
            "deadLetterHandleNewException: false"),
        one(
            PARK,
            "direct:park",
            "log:park",
            "log:park",
            "dead-letter-kept",
            "deadLetterUri: direct:park-dead-letter"),
        one(
            PUSH,
            "# courier: allow",
            "# allow",
            "- exception:",
            "dead-letter-kept",
            "- to: {uri: direct:park"),
        one(
            SEND,
            "- beans:",
            "# courier: allow clean-headers\n- beans:",
            "allow",
            "allow",
            "# courier: allow clean-headers because …"),
        one(
            LIST,
            "- beans:",
            "# courier: allow hedaers because I can\n- beans:",
            "allow",
            "allow",
            "# courier: allow "));
  }

  @ParameterizedTest
  @MethodSource({"ofTheYaml", "ofEndpoints", "ofNames", "ofGuarantees"})
  void isFound(String file, String right, String wrong, String where, String rule, String write)
      throws IOException {
    routes.plant(file, right, wrong);

    List<Said> errors = routes.errors();

    assertEquals(1, errors.size(), errors::toString);
    Said said = errors.get(0);
    assertEquals(file + " " + rule, said.file() + " " + said.rule());
    assertTrue(routes.line(file, said.line()).contains(where), said::toString);
    assertTrue(said.write().startsWith(write), said::write);
  }
}
