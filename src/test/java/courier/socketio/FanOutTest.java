package courier.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FanOutTest {
  private static final Cursor POSITION = Cursor.start("log");

  /** Around the lengths at which a frame's header grows (RFC 6455, section 5.2). */
  @ParameterizedTest
  @ValueSource(ints = {1, 98, 99, 100, 101, 102, 103, 104, 105, 65_500, 65_510, 65_520, 200_000})
  void framesTextOfAnyLength(int length) throws Exception {
    LogEvent event = LogEvent.of(0, 1, "anna", "newMessage", "é" + "x".repeat(length));
    EmbeddedChannel socket = new EmbeddedChannel();

    FanOut fanOut = new FanOut();
    fanOut.add(event, POSITION);
    fanOut.add(event, POSITION);
    fanOut.sendTo(
        List.of(new Subscriber(null, socket, "anna", new Recovery.Start(POSITION, null))));

    socket.runPendingTasks();
    EmbeddedChannel client = client();
    client.writeInbound(socket.<ByteBuf>readOutbound());
    for (int i = 0; i < 2; i++) {
      TextWebSocketFrame frame = client.readInbound();
      assertTrue(frame.isFinalFragment());
      assertEquals(new String(event.packet(POSITION), UTF_8), frame.text());
      frame.release();
    }
  }

  @Test
  void writesTheSameBytesToEachSocketAndLetsThemGo() throws Exception {
    List<EmbeddedChannel> sockets = List.of(new EmbeddedChannel(), new EmbeddedChannel());
    FanOut fanOut = new FanOut();
    fanOut.add(LogEvent.of(0, 1, "anna", "newMessage", "hello"), POSITION);

    fanOut.sendTo(
        sockets.stream()
            .map(s -> new Subscriber(null, s, "anna", new Recovery.Start(POSITION, null)))
            .toList());

    sockets.forEach(EmbeddedChannel::runPendingTasks);
    ByteBuf one = sockets.get(0).readOutbound();
    ByteBuf other = sockets.get(1).readOutbound();
    assertEquals(one.memoryAddress(), other.memoryAddress());
    one.release();
    other.release();
    assertEquals(0, one.refCnt());
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
