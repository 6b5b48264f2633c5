package courier.reload.save;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.config.StartupException;
import courier.http.Gate;
import courier.reload.RouteFolder;
import courier.reload.version.VersionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files saved while their routes run: a dangerous one is refused, and the one before goes on. */
class SavedRoutesTest {
  private static final String ROUTE =
      """
      - route:
          id: hello
          from:
            uri: direct:hello
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: one
      """;

  /** Commits, then stores; and what it reads is committed by itself, too. */
  private static final String DANGEROUS =
      """
      - route:
          id: keep
          errorHandler:
            deadLetterChannel:
              deadLetterUri: direct:hello
              deadLetterHandleNewException: false
          from:
            uri: kafka:messages
            parameters:
              brokers: localhost:1
              autoCommitEnable: true
              allowManualCommit: true
            steps:
              - bean:
                  beanType: courier.kafka.consumer.CommitBatch
                  method: commit(${body})
              - to:
                  uri: mongodb:mongo
                  parameters:
                    database: courier
                    collection: messages
                    operation: insert
      """;

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private Path file;
  private LiveRoutes live;
  private SavedRoutes saved;

  @BeforeEach
  void start() throws Exception {
    Path service = Files.createDirectories(folder.resolve("client-c"));
    file = Files.writeString(service.resolve("hello.camel.yaml"), ROUTE);
    context.setSourceLocationEnabled(true);
    context.start();
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.resolveResource(context, "file:" + file));
    live = new LiveRoutes(context, new Gate());
    VersionLog versions = new VersionLog(folder.resolve("versions"), folder, Clock.systemUTC());
    RoutesAtStart start = RoutesAtStart.of(new RouteFolder("client-c", service), versions);
    saved = new SavedRoutes(start, live, new RefusedSaves());
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private String answer() {
    return context.createProducerTemplate().requestBody("direct:hello", "", String.class);
  }

  private void save(Path path, String text) throws IOException {
    Files.writeString(path, text);
    saved.take(List.of(Save.of(path)));
  }

  private String refusal(Path path, String text) {
    return assertThrows(StartupException.class, () -> check(path, text, Map.of(file, ROUTE)))
        .getMessage();
  }

  private void check(Path path, String text, Map<Path, String> before) throws Exception {
    Map<Path, String> texts = new TreeMap<>(before);
    texts.put(path, text);
    live.check(Set.of(path), texts, before);
  }

  @Test
  void aGoodSaveIsLive() throws Exception {
    save(file, ROUTE.replace("one", "two"));

    assertEquals("two", answer());
  }

  /** As a request that asks has to be answered before the routes of a save can be replaced. */
  @Test
  void saysWhatRunsAndWhatMayRunWhileASaveWaitsForWhoAsks() throws Exception {
    CompletableFuture<Void> save = new CompletableFuture<>();
    AtomicBoolean toldBefore = new AtomicBoolean();
    String next = ROUTE.replace("one", "two");
    saved.check(Map.of(file, next)); // for the first time it takes long
    Processor asking =
        exchange -> {
          Thread saving = new Thread(() -> saveAndSay(next, save));
          saving.start();
          await().until(() -> waitsForWhoAsks(saving));
          assertEquals(1, saved.texts().size());
          assertTrue(saved.text(file).contains("asking"));
          saved.check(Map.of(file, ROUTE));
          toldBefore.set(!save.isDone());
        };
    context.getRegistry().bind("asking", asking);
    save(file, ROUTE + "        - process:\n            ref: asking\n");

    assertEquals("one", answer());

    assertTrue(toldBefore.get());
    save.get(1, TimeUnit.MINUTES);
    assertEquals("two", answer());
  }

  private void saveAndSay(String text, CompletableFuture<Void> saved) {
    try {
      save(file, text);
      saved.complete(null);
    } catch (IOException | RuntimeException e) {
      saved.completeExceptionally(e);
    }
  }

  private static boolean waitsForWhoAsks(Thread saving) {
    return Stream.of(saving.getStackTrace()).anyMatch(at -> at.getMethodName().equals("drain"));
  }

  @Test
  void aDangerousSaveIsRefusedAndWhatRanBeforeGoesOn() throws Exception {
    // It would start, and try to reach its broker.
    String startable = DANGEROUS.substring(0, DANGEROUS.indexOf("        - to:"));
    save(file, ROUTE + startable);
    save(file.resolveSibling("keep.camel.yaml"), startable);

    assertEquals("one", answer());
    assertEquals(1, context.getRoutes().size());
  }

  @Test
  void itIsSaidAtWhichLineAndWhatToWrite() {
    Path keep = file.resolveSibling("keep.camel.yaml");

    String said = refusal(keep, DANGEROUS);

    assertTrue(said.contains(keep + ":11: "), said);
    assertTrue(said.contains("write: autoCommitEnable: false"), said);
    assertTrue(said.contains(keep + ":14: it is committed before mongodb:mongo (line 17)"), said);
  }

  @Test
  void oneThatAnotherFileCallsMayNotGo() {
    String caller = ROUTE.replace("direct:hello", "direct:caller").replace("hello", "caller");
    String calls =
        caller.replace("- setBody:", "- to:\n            uri: direct:hello\n        - setBody:");
    Path other = file.resolveSibling("caller.camel.yaml");
    String renamed = ROUTE.replace("direct:hello", "direct:hullo");

    StartupException refused =
        assertThrows(
            StartupException.class,
            () -> {
              Files.writeString(other, calls);
              check(file, renamed, Map.of(file, ROUTE, other, calls));
            });

    assertTrue(
        refused.getMessage().contains(other + ":7: no route begins with direct:hello"),
        refused::getMessage);
  }

  @Test
  void aFileThatSaysWhyMayBreakAGuarantee() throws Exception {
    String reasons =
        """
        # courier: allow auto-commit because what is lost here nobody misses
        # courier: allow commit-last because of the same
        """;
    check(file.resolveSibling("keep.camel.yaml"), reasons + DANGEROUS, Map.of(file, ROUTE));
  }
}
