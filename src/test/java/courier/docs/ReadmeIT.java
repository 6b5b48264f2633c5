package courier.docs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.CourierProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README and the pages of docs/ say, word for word, in a fresh copy of the checkout,
 * on the default ports. The tests, which are compiled as this one runs, are not in the copy.
 */
class ReadmeIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Checkout checkout;
  private Commands commands;

  @BeforeEach
  void copy() throws IOException {
    checkout = new Checkout(folder);
    commands = new Commands(checkout);
  }

  @AfterEach
  void stopAll() {
    checkout.close();
  }

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    Process courier = checkout.start(commands.of("README.md", 0));
    sendsBreaksAndReplays();
    worksTheDeadLetters();
    links(Document.of("docs/operations.md")).forEach(ReadmeIT::isThere);
    receivesByTheSocketioClient();
    runsTheJavaRoute();
    checkout.stop(courier);

    talks();
    runsThePartsApart();
    assertEquals(List.of(), commands.left(), "commands that this test does not run");
  }

  @Test
  void showsTheFilterAsItIs() {
    String route = Checkout.read(Path.of("routes/client-b/handle-records.camel.yaml"));
    for (String line : Document.of("README.md").blocks("yaml").get(0).split("\n")) {
      assertTrue(route.contains(line.strip().replaceFirst("^- ", "")), line);
    }
  }

  private void sendsBreaksAndReplays() throws Exception {
    assertEquals("mvn verify", commands.of("README.md", 1), "of which this test is a part");
    links(Document.of("README.md")).forEach(ReadmeIT::isThere);
    assertTrue(send().contains("202 Accepted"));
    awaitListed("\"message\":\"hello\"");
    commands.run("README.md", 4);
    await().atMost(SOON).until(() -> commands.run("README.md", 5).contains("`$bad`"));
    assertTrue(commands.run("README.md", 6).contains("\"state\":\"replayed\""));
    awaitListed("\"message\":\"cured\"");
  }

  private String send() throws Exception {
    return commands.run("README.md", 2);
  }

  private void awaitListed(String message) {
    await().until(() -> commands.run("README.md", 3).contains(message));
  }

  private void worksTheDeadLetters() throws Exception {
    commands.run("README.md", 4);
    String failed = "curl -s 'localhost:3001/dead-letters?state=failed'";
    await().atMost(SOON).until(() -> checkout.run(failed).contains("`$bad`"));
    assertTrue(commands.run("docs/dead-letter-desk.md", 0).contains("\"history\""));
    String answers = commands.run("docs/dead-letter-desk.md", 1);
    assertTrue(answers.matches("(?s).*\"discarded\".*\"failed\".*"), answers);
    String replays = commands.run("docs/dead-letter-desk.md", 2);
    assertTrue(replays.contains("\"total\":1"), replays);
  }

  private void receivesByTheSocketioClient() throws IOException {
    checkout.write("target/web/listen.mjs", Document.of("README.md").blocks("js").get(0));
    Path said = checkout.launch("node target/web/listen.mjs");
    await()
        .atMost(SOON)
        .until(
            () -> {
              send();
              return Checkout.read(said).contains("clientA clientB hello");
            });
  }

  private void runsTheJavaRoute() throws IOException {
    String route = Document.of("docs/routes.md").blocks("java").get(0);
    checkout.write("routes/client-b/Heartbeat.java", route);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> checkout.said().contains("client B is alive"));
  }

  /** Its pieces are one program, which bert answers. */
  private void talks() throws Exception {
    Process courier = checkout.start(commands.of("docs/clients.md", 0));
    String program = String.join("\n", Document.of("docs/clients.md").blocks("js"));
    checkout.write("target/web/anna.mjs", program);
    checkout.write(
        "target/web/bert.mjs",
        program.replace("\"bert\"", "\"_\"").replace("anna", "bert").replace("\"_\"", "\"anna\""));
    Path anna = checkout.launch("node target/web/anna.mjs");
    checkout.launch("node target/web/bert.mjs");
    await()
        .atMost(SOON)
        .until(
            () ->
                Checkout.read(anna)
                    .matches(
                        "(?s).*success: true.*messages with bert.*bert has read anna up to.*"));
    assertTrue(commands.run("docs/clients.md", 1).contains("\"partner\":\"bert\""));
    checkout.stop(courier);
  }

  private void runsThePartsApart() throws Exception {
    List<Process> parts = new ArrayList<>();
    for (String part : commands.of("docs/operations.md", 0).split("\n")) {
      parts.add(checkout.start(part));
    }
    assertTrue(send().contains("202 Accepted"));
    checkout.stop(checkout.start(commands.of("docs/operations.md", 1)));
    checkout.stop(parts.get(3));
    checkout.stop(parts.get(2));
    checkout.start(
        commands
            .of("docs/operations.md", 2)
            .replace("broker1:9092,broker2:9092", "localhost:9092")
            .replace("//db:", "//localhost:"));
    assertTrue(send().contains("202 Accepted"));
  }

  private static List<String> links(Document document) {
    return document.all("<(http://localhost:[^>]*)>").stream()
        .map(link -> link.replaceFirst("jolokia$", "jolokia/version"))
        .toList();
  }

  private static void isThere(String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    assertEquals(200, CourierProcess.exchange(request, Duration.ofSeconds(20)).statusCode(), url);
  }
}
