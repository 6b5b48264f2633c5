package courier.command;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.fixture.CourierProcess;
import courier.fixture.Ended;
import courier.fixture.FreePort;
import courier.fixture.Json;
import courier.fixture.SharedCourier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a script sees of the commands: their output, and the status they end with. */
@ExtendWith(SharedCourier.class)
class CommandLineIT {
  private final CourierProcess courier;
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  CommandLineIT(CourierProcess courier) {
    this.courier = courier;
  }

  @Command(name = "courier")
  private static final class All {}

  private int run(Addresses where, String... arguments) {
    out.getBuffer().setLength(0);
    error.getBuffer().setLength(0);
    CommandLine line = new CommandLine(new All());
    Commands.all(() -> where).forEach(line::addSubcommand);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(error, true));
    return line.execute(arguments);
  }

  private int run(String... arguments) {
    return run(
        new Addresses(URI.create(courier.clientA()), URI.create(courier.clientB())), arguments);
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private String send(String text) {
    assertEquals(0, run("send", "--as", "anna", "--to", "clientB", text), error::toString);
    return lines().get(0);
  }

  @Test
  void helpNamesTheParts() throws Exception {
    Ended ended = Ended.of(courier, courier.command("--help"));

    assertEquals(0, ended.status());
    assertTrue(ended.out().contains("kafka, mongodb, client-a, client-b"), ended.out());
    assertTrue(ended.out().lines().allMatch(line -> line.length() <= 80), ended.out());
    assertEquals("", ended.err());
  }

  @Test
  void versionIsThatOfTheJar() throws Exception {
    Ended ended = Ended.of(courier, courier.command("--version"));

    assertEquals(0, ended.status());
    assertTrue(ended.out().matches("Courier \\d+\\.\\d+\\.\\d+\\R"), ended.out());
  }

  @Test
  void aMessageIsSentAndTraced() {
    String id = send("hello");

    await().until(() -> run("trace", id) == 0);
    assertEquals("It is stored.", lines().get(lines().size() - 1));
    assertEquals(0, run("trace", id, "--json"));
    assertEquals("stored", Json.read(out.toString()).path("state").textValue());
    assertEquals(1, run("trace", "nothing"));
    assertTrue(error.toString().startsWith("courier: No message with this id"), error::toString);
  }

  @Test
  void eachLineOfTheInputIsAMessage() {
    InputStream input = System.in;
    System.setIn(new ByteArrayInputStream("one\n\nwö\n".getBytes(StandardCharsets.UTF_8)));
    try {
      assertEquals(0, run("send", "--as", "anna", "--to", "clientB", "--json"), error::toString);
    } finally {
      System.setIn(input);
    }
    assertEquals(2, lines().size());
    String id = Json.read(lines().get(1)).path("id").textValue();
    await().until(() -> courier.get(courier.clientB() + "/messages/" + id).statusCode() == 200);
    assertEquals(
        "wö",
        Json.of(courier.get(courier.clientB() + "/messages/" + id)).path("message").textValue());
  }

  @Test
  void aRouteFileIsTriedAndEndsWithWhetherItDoesTheSame(@TempDir Path folder) throws IOException {
    send("to be tried on");
    Path runs = Path.of("routes/client-b/handle-records.camel.yaml");
    assertEquals(0, run("shadow", runs.toString(), "--last", "5"), error::toString);
    assertTrue(
        lines().get(0).endsWith("of client-messages, 0 would end otherwise."), lines().get(0));

    Path keepsNobody = folder.resolve("handle-records.camel.yaml");
    String text = Files.readString(runs);
    Files.writeString(keepsNobody, text.replace("${body[to]} in", "${body[to]} !in"));
    assertEquals(4, run("shadow", keepsNobody.toString(), "--last", "5", "--json"));
    assertTrue(Json.read(lines().get(0)).path("different").intValue() > 0, out::toString);
    assertEquals(2, run("shadow", folder.resolve("missing.yaml").toString()));
    String nobody = "http://localhost:" + FreePort.next();
    assertEquals(3, run("shadow", "--service", nobody, runs.toString()));
  }

  @Test
  void whatIsRefusedSaysWhy() {
    assertEquals(1, run("send", "--as", "anna", "--to", "x".repeat(129), "hello"));
    assertTrue(error.toString().contains("`to` is longer than 128 characters"), error::toString);
    assertEquals(2, run("send", "--to", "clientB", "hello"));
    assertEquals(2, run("replay"));
    assertEquals(2, run("tail", "--count", "many"));
    assertEquals(1, run("dead-letters", "--since", "yesterday"));
  }

  @Test
  void messagesAreToldFromWhereOneWas() {
    String first = send("before");
    await().until(() -> run("trace", first) == 0);
    String second = send("\u001b[31mred\nand a line");
    String third = send("after");

    assertEquals(0, run("tail", "--after", first, "--count", "2"), error::toString);
    assertTrue(
        lines().get(0).endsWith("anna > clientB: \\u001b[31mred\\u000aand a line"), out::toString);
    assertEquals(0, run("tail", "--after", first, "--count", "2", "--json"), error::toString);
    assertEquals(
        List.of(second, third),
        lines().stream().map(line -> Json.read(line).path("_id").textValue()).toList());
    assertEquals(1, run("tail", "--as", "stranger"));
    assertTrue(error.toString().startsWith("courier: It is refused: "), error::toString);
  }

  @Test
  void aDeadLetterIsListedAndReplayed() {
    String sender = UUID.randomUUID().toString();
    courier.send(
        "{\"from\":\"%s\",\"to\":\"clientB\",\"message\":\"poison\",\"$bad\":1}".formatted(sender));
    await()
        .until(() -> run("dead-letters", "--sender", sender, "--json") == 0 && lines().size() == 1);
    String id = Json.read(lines().get(0)).path("_id").textValue();

    assertEquals(0, run("dead-letters", id));
    assertTrue(out.toString().contains("$bad"));
    assertEquals(0, run("dead-letters", "--groups", "--sender", sender));
    assertTrue(lines().get(0).contains("      1  invalid-member: "), out::toString);
    assertEquals(0, run("replay", id), error::toString);
    await()
        .until(
            () ->
                run("dead-letters", "--sender", sender, "--state", "failed") == 0
                    && !lines().isEmpty());
    assertEquals(1, run("replay", "--sender", "nobody"));
  }

  @Test
  void nobodyIsThere() {
    URI nowhere = URI.create("http://localhost:" + FreePort.next());
    Addresses where = new Addresses(nowhere, nowhere);
    for (String[] command :
        List.of(
            new String[] {"trace", "x"},
            new String[] {"dead-letters"},
            new String[] {"replay", "x"},
            new String[] {"tail"})) {
      assertEquals(3, run(where, command), command[0]);
      assertTrue(
          error.toString().startsWith("courier: Nobody answers at " + nowhere + ": start Courier"),
          error::toString);
    }
  }

  @Test
  void theTokenIsReadFromAFileAndNeverShown(@TempDir Path folder) throws Exception {
    Path token = Files.writeString(folder.resolve("anna.token"), "a.b.c\n");

    assertEquals(0, run("dead-letters", "--token-file", token.toString()), error::toString);
    assertEquals(1, run("dead-letters", "--token-file", folder.resolve("none").toString()));
    assertFalse(error.toString().contains("a.b.c"));
  }
}
