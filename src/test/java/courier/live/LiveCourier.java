package courier.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import courier.fixture.CourierProcess;
import courier.fixture.FreePort;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Kafka, MongoDB and client A in one process, and each instance of client B in its own. */
final class LiveCourier implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(20);

  final CourierProcess courier;
  private final Part rest;
  private final List<Part> instances = new ArrayList<>();
  private final List<Map<String, String>> environments = new ArrayList<>();

  LiveCourier(Path folder, int instances) {
    courier = new CourierProcess(folder);
    rest = new Part("rest", courier, () -> courier.command("kafka", "mongodb", "client-a"));
    for (int i = 0; i < instances; i++) {
      Map<String, String> environment = i == 0 ? new HashMap<>() : FreePort.ofClientB();
      environments.add(environment);
      this.instances.add(
          new Part(
              "client-b-" + i,
              courier,
              () -> {
                ProcessBuilder command = courier.command("client-b");
                command.environment().putAll(environment);
                return command;
              }));
    }
  }

  /** An environment variable of what is started from now on. */
  LiveCourier with(String variable, String value) {
    courier.with(variable, value);
    return this;
  }

  /** The same for one instance of client B. */
  LiveCourier with(int instance, String variable, String value) {
    environments.get(instance).put(variable, value);
    return this;
  }

  LiveCourier start() {
    rest.launch().awaitReady();
    instances.forEach(Part::launch);
    instances.forEach(Part::awaitReady);
    return this;
  }

  void stop() {
    instances.forEach(Part::stop);
    rest.stop();
  }

  /** Sends one message through client A. */
  void send(String id, String from, String to) {
    send(id, from, to, "?");
  }

  void send(String id, String from, String to, String message) {
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("from", from)
            .put("to", to)
            .put("message", message)
            .toString();
    HttpResponse<String> answer = CourierProcess.exchange(courier.post(json), ANSWER);
    assertEquals(202, answer.statusCode(), answer::body);
  }

  boolean isStored(String id) {
    URI message = URI.create(url(0) + "/messages/" + id);
    return CourierProcess.exchange(HttpRequest.newBuilder(message), ANSWER).statusCode() == 200;
  }

  /** Whether the instances have read all that is for them to read. */
  boolean hasReadAll() {
    URI nothing = URI.create(url(0) + "/messages/nothing/trace");
    return CourierProcess.exchange(HttpRequest.newBuilder(nothing), ANSWER)
        .body()
        .contains("has read all there is");
  }

  /** Kafka, MongoDB and client A. */
  Part rest() {
    return rest;
  }

  Part instance(int index) {
    return instances.get(index);
  }

  String url(int instance) {
    String port = "CLIENT_B_HTTP_PORT";
    return "http://localhost:"
        + environments.get(instance).getOrDefault(port, courier.variable(port));
  }

  List<String> urls() {
    return IntStream.range(0, instances.size()).mapToObj(this::url).toList();
  }

  @Override
  public void close() {
    instances.forEach(Part::close);
    rest.close();
  }
}
