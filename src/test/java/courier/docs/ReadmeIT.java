package courier.docs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
 * on the default ports. The tests, which are compiled as this one runs, are not in the copy. {@link
 * ReleaseIT} does what the page of releases says.
 */
class ReadmeIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Checkout checkout;
  private Commands commands;
  private Programs programs;

  @BeforeEach
  void copy() throws IOException {
    checkout = new Checkout(folder);
    commands = new Commands(checkout);
    programs = new Programs(checkout);
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
    opens("docs/operations.md");
    asksTheDoctor();
    checksTheRoutes();
    receivesByTheSocketioClient();
    runsTheJavaRoute();
    checkout.stop(courier);

    talks();
    runsThePartsApart();
    checkout.close();

    showsACertificateAndMakesTokens();

    assertEquals(List.of(), commands.left(), "commands that this test does not run");
  }

  private void sendsBreaksAndReplays() throws Exception {
    assertEquals("mvn verify", commands.of("README.md", 1), "of which this test is a part");
    opens("README.md");
    sends();
    awaitListed("\"message\":\"hello\"");
    commands.run("README.md", 4);
    await().atMost(SOON).until(() -> commands.run("README.md", 5).contains("`$bad`"));
    assertTrue(commands.run("README.md", 6).contains("\"state\":\"replayed\""));
    awaitListed("\"message\":\"cured\"");
  }

  private void sends() throws Exception {
    String answer = commands.run("README.md", 2);
    assertTrue(answer.contains("202 Accepted"), () -> answer + checkout.said());
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

  private void asksTheDoctor() throws Exception {
    String findings = commands.run("docs/operations.md", 4);
    assertTrue(findings.contains("embedded"), findings);
  }

  private void checksTheRoutes() throws Exception {
    String checked = commands.run("docs/routes.md", 0);
    assertTrue(checked.contains("0 errors, 0 warnings"), checked);
  }

  private void showsACertificateAndMakesTokens() throws Exception {
    checkout.stop(checkout.start(commands.of("docs/operations.md", 5)));
    assertTrue(checkout.said().contains("https://localhost:3001"), checkout.said());
    commands.run("docs/operations.md", 3);
    String tokens = checkout.run("cat anna.token olga.token");
    assertTrue(tokens.matches("(\\S+\\.\\S+\\.\\S+\n){2}"), tokens);
  }

  private void receivesByTheSocketioClient() throws IOException {
    Path said = programs.start("README.md", "listen");
    await()
        .atMost(SOON)
        .until(
            () -> {
              commands.run("README.md", 2);
              return Checkout.read(said).contains("clientA clientB hello");
            });
  }

  private void runsTheJavaRoute() throws IOException {
    String route = Document.of("docs/routes.md").blocks("java").get(0);
    checkout.write("routes/client-b/Heartbeat.java", route);
    await().atMost(SOON).until(() -> checkout.said().contains("client B is alive"));
  }

  /** Its pieces are one program, which bert, who has to be there before, answers. */
  private void talks() throws Exception {
    Process courier = checkout.start(commands.of("docs/clients.md", 0));
    Path bert = programs.startExchanged("docs/clients.md", "anna", "bert");
    await().atMost(SOON).until(() -> Checkout.read(bert).contains("success: true"));
    Path anna = programs.start("docs/clients.md", "anna");
    String told = "(?s).*success: true.*messages with bert.*bert has read anna up to.*";
    await().atMost(SOON).until(() -> Checkout.read(anna).matches(told));
    assertTrue(commands.run("docs/clients.md", 1).contains("\"partner\":\"bert\""));
    checkout.stop(courier);
  }

  private void runsThePartsApart() throws Exception {
    List<Process> parts = new ArrayList<>();
    for (String part : commands.of("docs/operations.md", 0).split("\n")) {
      parts.add(checkout.start(part));
    }
    sends();
    checkout.stop(checkout.start(commands.of("docs/operations.md", 1)));
    checkout.stop(parts.get(3));
    checkout.stop(parts.get(2));
    checkout.start(
        commands
            .of("docs/operations.md", 2)
            .replace("broker1:9092,broker2:9092", "localhost:9092")
            .replace("//db:", "//localhost:"));
    sends();
  }

  private void opens(String page) throws Exception {
    for (String address : Document.of(page).addresses()) {
      String status = checkout.run("curl -so /dev/null -w '%{http_code}' '" + address + "'");
      assertEquals("200", status, address);
    }
  }
}
