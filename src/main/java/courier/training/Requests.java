package courier.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Requests to Courier, counted. Any answer will do: those who change its routes train it too. */
record Requests(HttpClient client, AtomicInteger counter) {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  Requests(HttpClient client) {
    this(client, new AtomicInteger());
  }

  int count() {
    return counter.get();
  }

  HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  HttpResponse<String> post(URI uri, String json) throws IOException, InterruptedException {
    return post(uri, json, "application/json");
  }

  HttpResponse<String> post(URI uri, String body, String type)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri)
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
    counter.incrementAndGet();
    return answer;
  }
}
