package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files added, changed, renamed, deleted and restored while their routes run. */
class KindsOfSaveTest {
  private static final String HELLO = route("hello", "- setBody: {constant: one}");
  private static final String CALLER = route("caller", "- to: direct:hello");
  private static final String POLICY =
      """
      - beans:
          - name: words
            type: java.lang.String
            constructors: {0: "one"}
      - routeConfiguration:
          id: said
          onException:
            - onException:
                exception: [java.lang.IllegalStateException]
                handled: {constant: "true"}
                steps:
                  - setBody: {constant: policy one}
      """;
  private static final String NAMING =
      """
      - route:
          id: fails
          routeConfigurationId: said
          from:
            uri: direct:fails
            steps:
              - throwException: {exceptionType: java.lang.IllegalStateException, message: no}
      - route:
          id: words
          from:
            uri: direct:words
            steps:
              - bean: {ref: words, method: strip()}
      """;

  @TempDir private Path routes;
  private RouteServiceFixture service;

  static String route(String id, String step) {
    return """
        - route:
            id: %s
            from:
              uri: direct:%s
              steps:
                %s
        """
        .formatted(id, id, step);
  }

  @BeforeEach
  void start() throws Exception {
    service =
        new RouteServiceFixture(
            routes,
            Map.of(
                "hello.camel.yaml", HELLO,
                "caller.camel.yaml", CALLER,
                "../policy.camel.yaml", POLICY,
                "naming.camel.yaml", NAMING));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void refused(String name, String why) {
    String said = String.valueOf(service.problem(name));
    assertTrue(said.contains(why), said);
  }

  private void delete(String name) throws IOException {
    Files.delete(service.path(name));
    service.take(name);
  }

  @Test
  void whatIsDeletedStopsAndIsBackWhenItIsRestored() throws IOException {
    delete("caller.camel.yaml");
    assertEquals(Set.of("hello", "fails", "words"), service.routes());

    service.save("caller.camel.yaml", CALLER);
    assertEquals("one", service.ask("caller"));
  }

  @Test
  void whatOthersNeedMayNotGo() throws IOException {
    delete("hello.camel.yaml");
    assertEquals("one", service.ask("caller"));
    refused("hello.camel.yaml", "no route begins with direct:hello");

    delete("../policy.camel.yaml");
    assertEquals("policy one", service.ask("fails"));
    assertEquals("one", service.ask("words"));
    refused("../policy.camel.yaml", "there is no bean words");
    refused("../policy.camel.yaml", "the error policy \"said\" is none");

    delete("caller.camel.yaml");
    assertEquals(Set.of("fails", "words"), service.routes());
    assertNull(service.problem("hello.camel.yaml"));
  }

  @Test
  void whatIsGoneWithAllThatNeedItIsGoneForGood() throws IOException {
    Files.delete(service.path("naming.camel.yaml"));
    Files.delete(service.path("../policy.camel.yaml"));
    service.take("naming.camel.yaml", "../policy.camel.yaml");

    assertEquals(Set.of("hello", "caller"), service.routes());
    assertNull(service.context().getRegistry().lookupByName("words"));
    service.save("naming.camel.yaml", NAMING);
    refused("naming.camel.yaml", "there is no bean words");
  }

  @Test
  void aRenamedFileRunsOnUnderItsOtherName() throws IOException {
    Files.move(service.path("hello.camel.yaml"), service.path("hi.camel.yaml"));
    service.take("hello.camel.yaml", "hi.camel.yaml");

    assertEquals("one", service.ask("caller"));
    service.save("hi.camel.yaml", HELLO.replace("one", "two"));
    assertEquals("two", service.ask("caller"));
  }

  @Test
  void aFileThatIsRenamedAndBrokenRunsOnAsItWas() throws IOException {
    Files.delete(service.path("caller.camel.yaml"));
    Files.writeString(
        service.path("called.camel.yaml"), CALLER.replace("direct:hello", "direct:hullo"));
    service.take("caller.camel.yaml", "called.camel.yaml");

    assertEquals("one", service.ask("caller"));
    refused("caller.camel.yaml", "it may have moved");

    service.save("called.camel.yaml", CALLER);
    assertEquals("one", service.ask("caller"));
    assertNull(service.problem("caller.camel.yaml"));
    assertEquals(4, service.routes().size());
  }

  @Test
  void thoseThatNeedEachOtherAreLiveTogetherAndAlsoOneAfterTheOther() throws IOException {
    String other = route("other", "- to: direct:third");
    String third = route("third", "- setBody: {constant: three}");
    service.save("other.camel.yaml", other);
    refused("other.camel.yaml", "no route begins with direct:third");

    service.save("third.camel.yaml", third);
    assertEquals("three", service.ask("other"));

    Files.delete(service.path("other.camel.yaml"));
    Files.delete(service.path("third.camel.yaml"));
    service.take("other.camel.yaml", "third.camel.yaml");
    assertEquals(4, service.routes().size());

    Files.writeString(service.path("other.camel.yaml"), other);
    Files.writeString(service.path("third.camel.yaml"), third);
    service.take("other.camel.yaml", "third.camel.yaml");
    assertEquals("three", service.ask("other"));
  }

  @Test
  void oneThatIsBrokenDoesNotHoldUpThoseThatAreSavedWithIt() throws IOException {
    Files.writeString(service.path("hello.camel.yaml"), HELLO.replace("one", "two"));
    Files.writeString(service.path("broken.camel.yaml"), "- route:\n  x");
    Files.write(service.path("latin.camel.yaml"), "# größe".getBytes(StandardCharsets.ISO_8859_1));
    service.take("broken.camel.yaml", "hello.camel.yaml", "latin.camel.yaml");

    assertEquals("two", service.ask("hello"));
    refused("broken.camel.yaml", "broken.camel.yaml:2");
    refused("latin.camel.yaml", "latin.camel.yaml:1: the byte 0xF6 is no UTF-8");
  }

  @Test
  void aPolicyAndABeanOfAllAreLiveInTheFilesThatNameThem() throws IOException {
    service.save("../policy.camel.yaml", POLICY.replace("one", "two"));

    assertEquals("policy two", service.ask("fails"));
    assertEquals("two", service.ask("words"));
  }

  @Test
  void aBeanThatOthersNameMayNotBeTakenOutOfItsFile() throws IOException {
    service.save("../policy.camel.yaml", POLICY.substring(POLICY.indexOf("- routeConf")));

    refused("../policy.camel.yaml", "there is no bean words");
    assertEquals("one", service.ask("words"));
  }

  @Test
  void endsOfLinesAndAByteOrderMarkDoNotMatter() throws IOException {
    service.save("hello.camel.yaml", "\uFEFF" + HELLO.replace("one", "two").replace("\n", "\r\n"));
    assertEquals("two", service.ask("hello"));

    String java =
        """
        import org.apache.camel.builder.RouteBuilder;

        public class Marked extends RouteBuilder {
          @Override
          public void configure() {
            from("direct:marked").routeId("marked").setBody(constant("java"));
          }
        }
        """;
    service.save("Marked.java", "\uFEFF" + java.replace("\n", "\r\n"));
    assertEquals("java", service.ask("marked"));
    delete("Marked.java");
    assertEquals(4, service.routes().size());
  }

  @Test
  void anEmptyFileIsNoDeletedOne() throws IOException {
    service.save("hello.camel.yaml", "\n");

    assertEquals("one", service.ask("hello"));
    refused("hello.camel.yaml", "it is empty");

    service.save("hello.camel.yaml", HELLO);
    assertNull(service.problem("hello.camel.yaml"));
  }

  @Test
  void aFileOfCommentsIsEmpty() throws IOException {
    service.save("caller.camel.yaml", "# off for a while\n" + CALLER.replaceAll("(?m)^", "# "));

    refused("caller.camel.yaml", "it is empty");
    assertEquals("one", service.ask("caller"));
  }
}
