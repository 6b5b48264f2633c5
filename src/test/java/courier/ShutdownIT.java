package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import courier.socketio.PlainClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that cannot go on ends and says why, and one that is to end does so. */
class ShutdownIT {
  private static final String ROUTE =
      """
      import org.apache.camel.builder.RouteBuilder;
      import org.apache.camel.support.service.ServiceSupport;

      public class Odd extends RouteBuilder {
        @Override
        public void configure() throws Exception {
          from("direct:odd").routeId("odd").log("odd");
          %s
        }
      }
      """;

  @TempDir Path folder;
  private CourierProcess courier;

  @BeforeEach
  void configure() {
    courier = new CourierProcess(folder);
  }

  @AfterEach
  void close() {
    courier.close();
  }

  @Test
  void aBrokerWithoutItsFolderEndsTheProcess() throws Exception {
    Process process = courier.start("kafka", "client-a");
    Files.move(folder.resolve("data/kafka"), folder.resolve("data/moved"));

    assertEnds(process, 1, "courier: the embedded kafka gave up", "data/kafka cannot be reached");
  }

  @Test
  void aStoreThatCannotBeWrittenEndsTheProcess() throws Exception {
    Process process = courier.start("mongodb");
    try (MongoClient client = MongoClients.create(courier.variable("MONGODB_URI"))) {
      var items = client.getDatabase("courier").getCollection("items");
      items.insertOne(new Document("_id", 0));
      limitFiles(process, Files.size(folder.resolve("data/mongodb/mongodb.mv.db")) + 100_000);
      await()
          .until(
              () -> {
                try {
                  items.insertOne(new Document("much", new byte[50_000]));
                  return false;
                } catch (MongoException e) {
                  return true;
                }
              });
    }

    assertEnds(process, 1, "courier: the embedded mongodb gave up", "MiB are free for");
  }

  @Test
  void aPartThatDoesNotStopIsLeftBehind() throws Exception {
    courier.with("SHUTDOWN_TIMEOUT", "2s");
    odd(
        """
            getContext().addService(new ServiceSupport() {
              @Override
              protected void doStop() throws Exception {
                new java.util.concurrent.CountDownLatch(1).await();
              }
            });
            """);
    Process process = courier.start("client-x");
    process.destroy();

    assertEnds(process, 143, "client-x does not stop within 2000 ms", "CountDownLatch.await");
  }

  @Test
  void whoBalancesTheLoadHearsOfTheEndBeforeTheSocketsDo() throws Exception {
    courier.with("SHUTDOWN_DRAIN", "6s");
    Process process = courier.start();
    int port = Integer.parseInt(courier.variable("CLIENT_B_HTTP_PORT"));
    List<PlainClient> clients = Stream.generate(() -> PlainClient.open(port)).limit(40).toList();
    String handshake = courier.clientB() + "/socket.io/?EIO=4&transport=polling";
    assertEquals(200, courier.get(handshake).statusCode());
    process.destroy();

    String ready = courier.managementB() + "/health/ready";
    await().until(() -> courier.get(ready).statusCode() == 503);
    assertEquals(503, courier.get(handshake).statusCode());
    assertEquals(200, courier.get(courier.managementB() + "/health/live").statusCode());
    assertEquals(200, courier.get(courier.clientB() + "/messages").statusCode());
    assertTrue(clients.stream().anyMatch(client -> client.closed == null), "all were cut at once");
    assertEnds(process, 143);
  }

  @Test
  void anErrorWhileItStartsEndsTheProcess() throws Exception {
    odd("if (true) { throw new NoClassDefFoundError(\"odd/Missing\"); }");
    Process process = courier.launch(folder.resolve("courier-0.log"), "mongodb", "client-x");

    assertEnds(process, 1, "courier: odd/Missing");
  }

  @Test
  void aThreadWithoutMemoryEndsTheProcess() throws Exception {
    odd(
        """
            Runnable greedy = () -> { throw new OutOfMemoryError("as a test"); };
            getContext().addStartupListener((context, started) -> new Thread(greedy).start());
            """);
    Process process = courier.launch(folder.resolve("courier-0.log"), "client-x");

    assertEnds(process, 3, "courier: out of memory: give Java more of it with -Xmx");
  }

  /** A service of its own, whose Java route does this when it is made. */
  private void odd(String statement) throws IOException {
    Path routes = Files.createDirectory(folder.resolve("routes/client-x"));
    Files.writeString(routes.resolve("Odd.java"), ROUTE.formatted(statement));
    courier
        .with("CLIENT_X_HTTP_PORT", "" + FreePort.next())
        .with("CLIENT_X_MANAGEMENT_PORT", "" + FreePort.next());
  }

  /** From now on no file of the process grows beyond so many bytes, as when a disk is full. */
  private static void limitFiles(Process process, long bytes) throws Exception {
    Process limit =
        new ProcessBuilder("prlimit", "--fsize=" + bytes, "--pid", "" + process.pid()).start();
    assertEquals(0, limit.waitFor());
  }

  private void assertEnds(Process process, int status, String... said) throws Exception {
    assertTrue(process.waitFor(40, TimeUnit.SECONDS), "it goes on");
    String log = CourierProcess.read(folder.resolve("courier-0.log"));
    assertEquals(status, process.exitValue(), log);
    for (String words : said) {
      assertTrue(log.contains(words), log);
    }
  }
}
