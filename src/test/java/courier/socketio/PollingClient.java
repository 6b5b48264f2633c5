package courier.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that polls when it is told, and posts whatever it is told. */
final class PollingClient {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final String session;
  private final int port;

  private PollingClient(int port) throws IOException, InterruptedException {
    this.port = port;
    session = send(request("").GET()).substring(9, 45);
  }

  static PollingClient open(int port) throws IOException, InterruptedException {
    return new PollingClient(port);
  }

  String poll() throws IOException, InterruptedException {
    return send(request("&sid=" + session).GET());
  }

  PollingClient post(String payload) throws IOException, InterruptedException {
    assertEquals("ok", send(request("&sid=" + session).POST(BodyPublishers.ofString(payload))));
    return this;
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String session) {
    return HttpRequest.newBuilder(
        URI.create(
            "http://localhost:%d/socket.io/?EIO=4&transport=polling%s".formatted(port, session)));
  }
}
