package courier;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.CourierProcess;
import courier.fixture.SharedCourier;
import courier.socketio.SocketioClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers, and those who run Courier, get beside the messages. */
@ExtendWith(SharedCourier.class)
class OperationsIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RECEIVE =
      "org.apache.camel:context=client-b,type=routes,name=\"receive-message\"";
  private static final String CLIENT_B =
      "org.apache.camel:context=client-b,type=context,name=\"client-b\"";

  private final CourierProcess courier;

  OperationsIT(CourierProcess courier) {
    this.courier = courier;
  }

  @Test
  void onlyTheOwnPageMayCallAndWithoutCredentials() {
    String page = "http://localhost:" + port();
    HttpResponse<String> answer =
        CourierProcess.exchange(
            HttpRequest.newBuilder(URI.create(courier.clientA() + "/send-message"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("origin", page)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type"));

    assertEquals(204, answer.statusCode());
    assertEquals(page, header(answer, "access-control-allow-origin"));
    assertTrue(header(answer, "access-control-allow-methods").contains("POST"));
    assertTrue(header(answer, "access-control-allow-headers").contains("content-type"));
    assertEquals("", header(answer, "access-control-allow-credentials"));
  }

  @Test
  void http2IsSpokenOnThePublicPortsOnly() throws Exception {
    assertEquals(Version.HTTP_2, courier.get(courier.clientB() + "/messages?limit=1").version());
    assertEquals(Version.HTTP_1_1, courier.get(courier.managementB() + "/health").version());
  }

  @Test
  void theManagementIsNotOnThePublicPorts() {
    assertEquals(404, courier.get(courier.clientA() + "/observe/health").statusCode());
    assertEquals(404, courier.get(courier.clientB() + "/observe/jolokia").statusCode());
  }

  @Test
  void theMetricsCountExchangesAndClients() {
    double before = metric("camel_exchanges_total\\{.*routeId=\"receive-message\"\\}");

    try (SocketioClient client = SocketioClient.connect(port(), "", "websocket")) {
      assertTrue(client.connected());
      assertTrue(metric("courier_socketio_clients\\{.*\\}") >= 1);
      courier.send("{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"m\"}");

      await()
          .until(() -> metric("camel_exchanges_total\\{.*routeId=\"receive-message\"\\}") > before);
    }
  }

  private double metric(String name) {
    String metrics = courier.get(courier.managementB() + "/metrics").body();
    Matcher line = Pattern.compile("^" + name + " (.*)$", Pattern.MULTILINE).matcher(metrics);
    assertTrue(line.find(), metrics);
    return Double.parseDouble(line.group(1));
  }

  @Test
  void theConsoleReadsARouteByItsId() throws Exception {
    String url = "/jolokia/read/" + RECEIVE.replace("\"", "%22") + "/ExchangesTotal";
    long before = value(url);

    courier.send("{\"from\":\"a\",\"to\":\"clientB\",\"message\":\"m\"}");

    await().until(() -> value(url) > before);
  }

  private long value(String url) throws IOException {
    JsonNode answer = JSON.readTree(courier.get(courier.managementB() + url).body());
    assertEquals(200, answer.path("status").asInt(), answer.toString());
    return answer.path("value").asLong();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendBody(java.lang.String,java.lang.Object)",
        "sendStringBody(java.lang.String,java.lang.String)",
        "requestBody(java.lang.String,java.lang.Object)",
        "stop()"
      })
  void theConsoleSendsAndStopsNothing(String operation) throws Exception {
    assertEquals(
        403,
        console(Map.of("type", "exec", "mbean", CLIENT_B, "operation", operation))
            .path("status")
            .asInt());
  }

  @Test
  void theConsoleChangesNothing() throws Exception {
    JsonNode answer =
        console(
            Map.of(
                "type",
                "write",
                "mbean",
                RECEIVE,
                "attribute",
                "StatisticsEnabled",
                "value",
                false));

    assertEquals(403, answer.path("status").asInt(), answer.toString());
  }

  @Test
  void noOtherPageMayCall() {
    for (String url :
        new String[] {courier.clientA() + "/send-message", courier.clientB() + "/messages"}) {
      for (String origin : new String[] {"https://page.example", "http://localhost:1", "null"}) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        assertEquals(
            403, CourierProcess.exchange(request.header("origin", origin)).statusCode(), origin);
      }
    }
    for (String site : new String[] {"cross-site", "same-site", "same-origin", "none"}) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(courier.managementB() + "/jolokia/version"));
      assertEquals(
          site.startsWith("same-o") || site.equals("none") ? 200 : 403,
          CourierProcess.exchange(request.header("sec-fetch-site", site)).statusCode(),
          site);
    }
  }

  private JsonNode console(Map<String, Object> request) throws IOException {
    return JSON.readTree(
        CourierProcess.exchange(
                HttpRequest.newBuilder(URI.create(courier.managementB() + "/jolokia"))
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(request))))
            .body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private int port() {
    return Integer.parseInt(courier.variable("CLIENT_B_HTTP_PORT"));
  }
}
