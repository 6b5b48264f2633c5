package courier.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import courier.fixture.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A running Courier with a route in Java and a third service, as somebody adds them. */
final class CourierOfThree implements AutoCloseable {
  private static final String ECHO =
      """
      import org.apache.camel.builder.RouteBuilder;

      public class Echo extends RouteBuilder {
        @Override
        public void configure() {
          from("platform-http:/echo").routeId("echo").setBody(constant("one"));
        }
      }
      """;

  private static final String FIRST_PAGE =
      """
      - beans:
          - name: pages
            type: courier.mongodb.Pages
            constructors:
              0: "_id"
              1: "#bean:long-answers"
      - route:
          id: first-page
          routeConfigurationId: answer-with-error
          from:
            uri: platform-http:/first-page
            steps:
              - bean:
                  ref: pages
                  method: query
              - to:
                  uri: mongodb:mongo
                  parameters:
                    database: "{{mongodb.database}}"
                    collection: messages
                    operation: findAll
      - route:
          id: out-of-order
          routeConfigurationId: answer-with-error
          from:
            uri: platform-http:/out-of-order
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: ours
      """;

  final CourierProcess process;
  private final int clientC = FreePort.next();

  CourierOfThree(Path folder) throws IOException {
    process = new CourierProcess(folder);
    Path routes = folder.resolve("routes");
    Files.writeString(routes.resolve("client-b/Echo.java"), ECHO);
    Files.createDirectory(routes.resolve("client-c"));
    Files.writeString(routes.resolve("client-c/first-page.camel.yaml"), FIRST_PAGE);
    process.with("CLIENT_C_HTTP_PORT", String.valueOf(clientC));
    process.with("CLIENT_C_MANAGEMENT_PORT", String.valueOf(FreePort.next()));
    process.start();
  }

  HttpResponse<String> clientB(String path) {
    return process.get(process.clientB() + path);
  }

  String page(String path) {
    return clientB(path).body();
  }

  HttpResponse<String> clientC(String path) {
    return process.get("http://localhost:" + clientC + path);
  }

  /** Sends a message and returns its id. */
  String send(String to) throws IOException {
    String id = UUID.randomUUID().toString();
    String body = "{\"id\":\"%s\",\"from\":\"eve\",\"to\":\"%s\",\"message\":\"m\"}";
    assertEquals(202, process.send(body.formatted(id, to)).statusCode());
    return id;
  }

  void assertStored(String to) throws IOException {
    String id = send(to);
    await().until(() -> clientB("/messages/" + id).statusCode() == 200);
  }

  String description(String route) {
    return attribute("client-b", route, "Description").asText();
  }

  String started(String service, String route) {
    return attribute(service, route, "StartTimestamp").asText();
  }

  JsonNode attribute(String service, String route, String name) {
    String management = service.equals("client-a") ? process.managementA() : process.managementB();
    String bean =
        "org.apache.camel:context=%s,type=routes,name=%%22%s%%22".formatted(service, route);
    JsonNode answer = Json.of(process.get(management + "/jolokia/read/" + bean + "/" + name));
    assertEquals(200, answer.path("status").asInt(), answer.toString());
    return answer.path("value");
  }

  @Override
  public void close() {
    process.close();
  }
}
