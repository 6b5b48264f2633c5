package courier.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private final List<ClientHead> forgotten = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ConnectionGuard(forgotten::add));

  @Test
  void closesAClientThatDoesNotReadItsEvents() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
    channel.write(Unpooled.wrappedBuffer(new byte[800]));
    assertTrue(channel.isOpen());
    channel.write(Unpooled.wrappedBuffer(new byte[800]));
    assertFalse(channel.isOpen());
  }

  @Test
  void forgetsAHandshakeThatNeverConnected() {
    ClientHead client =
        new ClientHead(
            UUID.randomUUID(),
            null,
            forgotten::add,
            new MemoryStoreFactory(),
            null,
            null,
            Transport.WEBSOCKET,
            null,
            null,
            Map.of());
    channel.attr(ClientHead.CLIENT).set(client);
    channel.close();
    assertEquals(List.of(client), forgotten);
  }

  @Test
  void closesAConnectionThatSendsWhatCannotBeRead() {
    channel.pipeline().fireExceptionCaught(new IllegalArgumentException("no session id"));
    assertFalse(channel.isOpen());
  }
}
