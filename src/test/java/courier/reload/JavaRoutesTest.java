package courier.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import courier.failure.Reason;
import courier.http.LongAnswers;
import courier.identity.Access;
import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.mongodb.Mongo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Java route files are compiled when they are loaded, and that all are what they say. */
class JavaRoutesTest {
  private static final String FILE = "DeadLetterDesk.java";
  private static final String WORDS = "Sets a dead letter aside";

  @TempDir Path routes;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final MongoClient mongo = Mongo.client("mongodb://localhost:1");
  private final Kafka kafka = new Kafka("localhost:1", ClientProperties.NONE);
  private Path file;

  @BeforeEach
  void start() throws Exception {
    file = copyTo("client-b");
    context.getRegistry().bind("mongo", mongo);
    context.getRegistry().bind("kafka", kafka);
    context.getRegistry().bind("long-answers", new LongAnswers(1, 1));
    context.getRegistry().bind("access", new Access(false));
    Properties properties = new Properties();
    properties.setProperty("mongodb.database", "courier");
    properties.setProperty("topics.replayed", "client-messages");
    properties.setProperty("routes.folder", "routes/client-b");
    context.getPropertiesComponent().setInitialProperties(properties);
    context.setSourceLocationEnabled(true);
    context.build();
    JavaRoutes.install(context);
  }

  @AfterEach
  void stop() {
    context.stop();
    mongo.close();
    kafka.close();
  }

  private Path copyTo(String service) throws IOException {
    Path copy = Files.createDirectories(routes.resolve(service)).resolve(FILE);
    return Files.copy(Path.of("routes/client-b").resolve(FILE), copy);
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(from), from);
    Files.writeString(file, text.replace(from, to));
  }

  private RouteBuilder load() throws Exception {
    return (RouteBuilder)
        PluginHelper.getRoutesLoader(context)
            .findRoutesBuilders(List.of(ResourceHelper.resolveResource(context, "file:" + file)))
            .iterator()
            .next();
  }

  private RouteDefinition discard() throws Exception {
    RouteBuilder desk = load();
    desk.configureRoutes(context);
    return desk.getRouteCollection().getRoutes().stream()
        .filter(route -> route.getRouteId().equals("discard-dead-letter"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTheBuiltOne(RouteBuilder builder) {
    return builder.getClass().getClassLoader().getClass().getEnclosingClass() == JavaRoutes.class;
  }

  @Test
  void theFileThatWasBuiltIsNotCompiledAgain() throws Exception {
    assertTrue(isTheBuiltOne(load()));
    assertEquals(WORDS, discard().getDescriptionText());
  }

  @Test
  void itsRoutesAreListedWithTheirPlaceAsAnyFiles() throws Exception {
    String built = place(discard());
    edit("/** Dead letters", "/**  Dead letters");
    String compiled = place(discard());

    assertTrue(built.matches("file:.*/client-b/DeadLetterDesk.java:[1-9][0-9]*"), built);
    assertEquals(compiled, built);
  }

  private static String place(RouteDefinition route) {
    return route.getInput().getLocation() + ":" + route.getInput().getLineNumber();
  }

  @Test
  void anEditedFileIsCompiledAndOneThatIsPutBackIsNot() throws Exception {
    String before = Files.readString(file);
    edit(WORDS, "Edited");
    assertFalse(isTheBuiltOne(load()));
    assertEquals("Edited", discard().getDescriptionText());

    edit("Edited", "Edited again");
    assertEquals("Edited again", discard().getDescriptionText());

    Files.writeString(file, before.replace("\n", "\r\n"));
    assertTrue(isTheBuiltOne(load()));
    assertEquals(WORDS, discard().getDescriptionText());
  }

  @Test
  void anErrorInAnEditedFileIsReportedWithItsPlace() throws Exception {
    edit("\"" + WORDS + "\"", "\"" + WORDS);
    long line = Files.readString(file).lines().takeWhile(l -> !l.contains(WORDS)).count() + 1;

    Exception error = assertThrows(Exception.class, this::load);

    String place = FILE + ":" + line + ":";
    assertTrue(Reason.of(error).contains(place), () -> place + " in " + Reason.of(error));
  }

  @Test
  void theSameNameInAnotherServiceIsAnotherFile() throws Exception {
    file = copyTo("client-c");
    edit(WORDS, "Another");

    assertEquals("Another", discard().getDescriptionText());
  }
}
