package courier.socketio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.feed.Client;
import courier.feed.Delivery;
import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramedFanOutTest {
  private static final Cursor POSITION = Cursor.start("log");

  /** Around the lengths at which a frame's header grows (RFC 6455, section 5.2). */
  @ParameterizedTest
  @ValueSource(ints = {1, 98, 99, 100, 101, 102, 103, 104, 105, 65_500, 65_510, 65_520, 200_000})
  void framesTextOfAnyLength(int length) throws Exception {
    LogEvent event = LogEvent.of(0, 1, "anna", "newMessage", "é" + "x".repeat(length));
    EmbeddedChannel socket = new EmbeddedChannel();

    Delivery events = new Delivery();
    events.add(event, POSITION);
    events.add(event, POSITION);
    new FramedFanOut().send(events, List.of(connection(socket)));

    socket.runPendingTasks();
    EmbeddedChannel client = client();
    client.writeInbound(socket.<ByteBuf>readOutbound());
    for (int i = 0; i < 2; i++) {
      TextWebSocketFrame frame = client.readInbound();
      assertTrue(frame.isFinalFragment());
      assertEquals(FramedFanOut.text(events.items().get(i)), frame.text());
      frame.release();
    }
  }

  @Test
  void writesTheSameBytesToEachSocketAndLetsThemGo() throws Exception {
    List<EmbeddedChannel> sockets = List.of(new EmbeddedChannel(), new EmbeddedChannel());
    Delivery events = new Delivery();
    events.add(LogEvent.of(0, 1, "anna", "newMessage", "hello"), POSITION);

    new FramedFanOut().send(events, sockets.stream().map(FramedFanOutTest::connection).toList());

    sockets.forEach(EmbeddedChannel::runPendingTasks);
    ByteBuf one = sockets.get(0).readOutbound();
    ByteBuf other = sockets.get(1).readOutbound();
    assertEquals(one.memoryAddress(), other.memoryAddress());
    one.release();
    other.release();
    assertEquals(0, one.refCnt());
  }

  private static Client connection(EmbeddedChannel socket) {
    return new Connection(null, socket, "anna", null, null);
  }

  private static EmbeddedChannel client() {
    return new EmbeddedChannel(
        new WebSocket13FrameDecoder(
            WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .maxFramePayloadLength(1 << 20)
                .build()));
  }
}
