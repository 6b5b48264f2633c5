package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.log.Cursor;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes back, or is behind, gets what it missed, once and in order. */
class CatchingUpTest extends ServedLog {
  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
  void sendsWhatWasMissedFromTheStoreThenWhatIsNew(String transports) throws Exception {
    push(5, 6);
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(1));

    try (SocketioClient anna = SocketioClient.connect(port, auth, transports.split(","))) {
      anna.awaitReceived(5);
      push(7);
      anna.awaitReceived(6);
      assertEquals(List.of("id-2", "id-3", "id-4", "id-5", "id-6", "id-7"), anna.received);
    }
  }

  @Test
  void readsPageByPageWhatIsMore() throws Exception {
    stored.clear();
    LongStream.range(0, 1_200).forEach(stored::add);
    pushAfterAGap(1_200);
    push(1_200);

    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    List<String> all = LongStream.rangeClosed(0, 1_200).mapToObj(i -> "id-" + i).toList();
    for (int time = 0; time < 2; time++) {
      try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
        anna.awaitReceived(all.size());
        assertEquals(all, anna.received);
      }
    }
    assertEquals(4, reads); // the two full pages once
  }

  @Test
  void sendsMoreThanMayWaitPieceByPiece() throws Exception {
    text = "x".repeat(40_000);
    stored.clear();
    LongStream.range(0, 300).forEach(stored::add);
    pushAfterAGap(300);

    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      anna.awaitReceived(300);
      assertEquals(0, anna.disconnects.get());
      assertEquals(text + "id-299", anna.received.get(299));
    }
  }

  @Test
  void waitsForTheStoreWhenItIsAway() throws Exception {
    failures = 2;
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(2));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      anna.awaitReceived(2);
    }
    assertTrue(failures < 0);
  }

  @Test
  void tellsWhoStillCatchesUpWhatIsOfNoLog() throws Exception {
    failures = 3;
    Map<String, String> auth = Map.of("clientId", "anna", "after", position(0));
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      template.sendBodyAndHeader("direct:tell", "now", SocketioConstants.ROOM, "anna");
      anna.awaitReceived(6);
      assertEquals("now", anna.received.get(0));
    }
  }

  @Test
  void letsConnectedClientsCatchUpWithWhatWasNotSeenHere() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      push(5);
      anna.awaitReceived(1);
      stored.addAll(List.of(6L, 7L, 8L));
      pushAfterAGap(8, event(8, "anna"));

      anna.awaitReceived(4);
      assertEquals(List.of("id-5", "id-6", "id-7", "id-8"), anna.received);
    }
  }

  @Test
  void letsClientsCatchUpWithWhatIsStoredAndWasNeverAnnounced() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna"), "websocket")) {
      await().until(anna::connected);
      stored.addAll(List.of(5L, 6L));
      positions.put(0, 7L);
      anna.awaitReceived(2);
      push(7);
      anna.awaitReceived(3);
      assertEquals(List.of("id-5", "id-6", "id-7"), anna.received);
    }
  }

  @Test
  void startsAfterTheMessageThatAClientNames() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, Map.of("clientId", "anna", "after", "id-2"), "websocket")) {
      anna.awaitReceived(2);
      assertEquals(List.of("id-3", "id-4"), anna.received);
    }
  }

  @Test
  void takesWhatAClientSaysInItsQueryToo() throws Exception {
    try (SocketioClient anna =
        SocketioClient.connect(port, "?clientId=anna&after=" + position(3), "websocket")) {
      anna.awaitReceived(2);
      assertEquals(List.of("id-3", "id-4"), anna.received);
    }
  }

  @Test
  void refusesToStartAfterWhatItDoesNotKnow() throws Exception {
    assertEquals(
        "after: \"id-99\" is neither the _id of a stored message nor a cursor: leave it out.",
        SocketioClient.refusal(port, Map.of("clientId", "anna", "after", "id-99")));
  }

  @Test
  void takesNoPositionWithMorePartitionsThanTheLogHas() throws Exception {
    String forged = Cursor.start(LOG).at(999, 0).toString();
    Map<String, String> auth = Map.of("clientId", "anna", "pid", forged, "offset", forged);
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of(afterEvent(5)), anna.cursors);
    }
  }

  @Test
  void letsAClientStartAnewWhoseLastMessageIsDeleted() throws Exception {
    stored.removeAll(List.of(0L, 1L, 2L));
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(0), "offset", afterEvent(1));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of("id-5"), anna.received);
    }
  }

  @Test
  void letsAClientStartAnewThatSaysItWasBeyondTheEndOfTheLog() throws Exception {
    end = 8;
    Map<String, String> auth = Map.of("clientId", "anna", "pid", position(9));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push(5);
      anna.awaitReceived(1);
      assertEquals(List.of("id-5"), anna.received);
    }
  }

  @Test
  void givesAClientThatWasAtAnInstanceThatIsAheadNothingTwice() throws Exception {
    stored.add(7L);
    Map<String, String> auth =
        Map.of("clientId", "anna", "pid", position(4), "offset", afterEvent(7));

    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push(LOG, Map.of(0, 5L), Map.of(0, 9L), event(5, "anna"), event(7, "anna"));
      push(9);
      anna.awaitReceived(1);
      assertEquals(List.of("id-9"), anna.received);
    }
  }

  @Test
  void believesAClientThatWasInTheLogThatIsYetToComeHere() throws Exception {
    log = "again";
    String had = Cursor.start("again").after(0, 0).toString();
    stored.clear();
    stored.add(0L);
    Map<String, String> auth = Map.of("clientId", "anna", "pid", had, "offset", had);
    try (SocketioClient anna = SocketioClient.connect(port, auth, "websocket")) {
      await().until(anna::connected);
      push("again", Map.of(0, 0L), Map.of(0, 2L), event(0, "anna"), event(1, "anna"));
      anna.awaitReceived(1);
      assertEquals(List.of("id-1"), anna.received);
    }
  }
}
