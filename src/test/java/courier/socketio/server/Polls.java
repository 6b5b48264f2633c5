package courier.socketio.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** What somebody who polls asks of a running server, and how it is answered or refused. */
record Polls(RunningServer server) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Opens a session and returns its id. */
  String open() throws Exception {
    return get("").body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
  }

  HttpResponse<String> poll(String session) throws Exception {
    return get("&sid=" + session);
  }

  CompletableFuture<HttpResponse<String>> pollAsync(String session) {
    return HTTP.sendAsync(request("&sid=" + session).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String session, String packets) throws Exception {
    return send(request("&sid=" + session).POST(BodyPublishers.ofString(packets)));
  }

  HttpResponse<String> get(String more) throws Exception {
    return send(request(more));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String more) {
    return HttpRequest.newBuilder(
        URI.create(
            "http://localhost:%d/socket.io/?EIO=4&transport=polling%s"
                .formatted(server.port(), more)));
  }
}
