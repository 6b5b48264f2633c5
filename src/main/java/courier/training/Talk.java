package courier.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Anna and Bert, who talk by Socket.IO, read what they get, and are cut off now and then. */
final class Talk implements Load.User {
  private static final int EXCHANGES = 40;

  private final Addresses addresses;
  private int pushed;

  Talk(Addresses addresses) {
    this.addresses = addresses;
  }

  /** How many messages came to them. */
  int pushed() {
    return pushed;
  }

  @Override
  public void act() throws IOException, InterruptedException {
    String position;
    try (SocketioSession anna = session("{\"clientId\":\"anna\"}");
        SocketioSession bert = session("{\"clientId\":\"bert\"}")) {
      for (int i = 0; i < EXCHANGES; i++) {
        anna.emit("\"send-message\",{\"to\":\"bert\",\"message\":\"What do you say?\"}");
        bert.emit("\"send-message\",{\"to\":\"anna\",\"message\":\"Nothing.\"}");
      }
      read(anna, "bert");
      read(bert, "anna");
      bert.emit("\"send-message\",{\"to\":7}");
      position = anna.position();
      pushed += anna.pushed() + bert.pushed();
    }
    try (SocketioSession back =
        session("{\"clientId\":\"anna\",\"after\":\"%s\"}".formatted(position))) {
      back.emit("\"history\",{\"with\":\"bert\",\"limit\":50}");
      pushed += back.pushed();
    }
  }

  private SocketioSession session(String auth) {
    return SocketioSession.open(addresses.clientB("/socket.io/?EIO=4&transport=websocket"), auth);
  }

  private static void read(SocketioSession session, String partner) {
    JsonNode last =
        session
            .emit("\"history\",{\"with\":\"%s\",\"limit\":50}".formatted(partner))
            .path(0)
            .path("messages")
            .path(0);
    if (last.hasNonNull("_id")) {
      session.emit("\"delivered\"," + last.get("_id"));
      session.emit("\"read\"," + last.get("_id"));
    }
  }
}
