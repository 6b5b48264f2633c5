package courier.training;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a Courier listens that nobody else knows of, by the keys of its ports. */
record Addresses(Map<String, Integer> ports) {
  private static final String KAFKA = "kafka";
  private static final String MONGODB = "mongodb";
  private static final List<String> KEYS =
      List.of(
          "CLIENT_A_HTTP_PORT",
          "CLIENT_A_MANAGEMENT_PORT",
          "CLIENT_B_HTTP_PORT",
          "CLIENT_B_MANAGEMENT_PORT",
          "CLIENT_B_SOCKETIO_PORT",
          KAFKA,
          MONGODB);

  /** On ports that are free. All of them are held at once, so that they differ. */
  static Addresses free() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    Map<String, Integer> ports = new HashMap<>();
    try {
      for (String key : KEYS) {
        ServerSocket socket = new ServerSocket(0);
        held.add(socket);
        ports.put(key, socket.getLocalPort());
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return new Addresses(ports);
  }

  /** The variables that have Courier listen there, and nobody from elsewhere reach it. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    ports.forEach((key, port) -> environment.put(key, port.toString()));
    environment.remove(KAFKA);
    environment.remove(MONGODB);
    environment.put("HTTP_HOST", "localhost");
    environment.put("KAFKA_BROKERS", "localhost:" + ports.get(KAFKA));
    environment.put("MONGODB_URI", "mongodb://localhost:" + ports.get(MONGODB) + "/courier");
    return environment;
  }

  URI clientA(String path) {
    return address("CLIENT_A_HTTP_PORT", path);
  }

  URI managementA(String path) {
    return address("CLIENT_A_MANAGEMENT_PORT", path);
  }

  URI clientB(String path) {
    return address("CLIENT_B_HTTP_PORT", path);
  }

  URI managementB(String path) {
    return address("CLIENT_B_MANAGEMENT_PORT", path);
  }

  private URI address(String port, String path) {
    return URI.create("http://localhost:" + ports.get(port) + path);
  }
}
