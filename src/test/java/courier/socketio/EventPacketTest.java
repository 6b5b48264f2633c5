package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event comes with its attachments, and a packet that is none closes the connection. */
@Timeout(30)
class EventPacketTest extends EchoServer {
  private static final byte[] BYTES = {1, 0x1E, 3};

  @Test
  void comesWithItsAttachments() {
    try (PlainClient client = connected()) {
      String two = "{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}";
      client.send("452-9[\"message-with-ack\",[" + two + "]]");
      client.sendBytes(BYTES).sendBytes(new byte[] {4});
      String back = "{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}";
      awaitLast(client, "462-9[[" + back + "]]");
      await().until(() -> client.bytes.size() == 2);
      assertArrayEquals(new byte[] {4}, client.bytes.get(0));
      assertArrayEquals(BYTES, client.bytes.get(1));
    }
  }

  @Test
  void comesWithItsAttachmentsInAPollToo() throws Exception {
    PollingClient client = PollingClient.open(port).post("40");
    String bytes = "b" + Base64.getEncoder().encodeToString(BYTES);
    String event = "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001e" + bytes;
    client.post(event + "\u001e42[\"message\",\"next\"]");
    StringBuilder answers = new StringBuilder();
    await().until(() -> answers.append(client.poll()).append('\u001e').indexOf("next") > 0);
    assertTrue(
        answers
            .toString()
            .endsWith(
                "451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\u001e"
                    + bytes
                    + "\u001e42[\"message-back\",\"next\"]\u001e"),
        answers::toString);
  }

  @Test
  void anAttachmentThatIsMissingIsSaid() throws Exception {
    try (PlainClient client = connected()) {
      client.send("451-1[\"message-with-ack\",{\"_placeholder\":true,\"num\":5}]").sendBytes(BYTES);
      awaitLast(
          client,
          "431[{\"error\":{\"status\":400,\"title\":\"Bad Request\","
              + "\"detail\":\"There is no such attachment.\"}}]");
    }
    PollingClient client = PollingClient.open(port);
    client.post("40\u001e451-[\"message\",{\"_placeholder\":true,\"num\":0}]\u001e3");
    await().until(() -> component.session(client.session) == null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "42{}",
        "42[]",
        "42[{}]",
        "42[\"message\"",
        "42[\"message\"]]",
        "42[\"message\"] []",
        "42[\"connect\",{}]",
        "42[\"disconnect\"]",
        "42abc[\"message-with-ack\",1]",
        "42-1[\"message\"]",
        "421234567890123456[\"message\"]",
        "42/custom[\"message\"]",
        "45[\"message\"]",
        "451[\"message\"]",
        "459999-[\"message\"]",
        "4abc",
      })
  void whatIsNoEventClosesTheConnection(String packet) {
    try (PlainClient client = connected().send(packet)) {
      await().until(() -> client.closed != null);
      assertEquals("1002", client.closed.substring(0, 4));
    }
  }
}
