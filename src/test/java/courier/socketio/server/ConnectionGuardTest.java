package courier.socketio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.ClientsBox;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import com.corundumstudio.socketio.scheduler.CancelableScheduler;
import com.corundumstudio.socketio.scheduler.HashedWheelTimeoutScheduler;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import courier.socketio.guard.Admission;
import courier.socketio.guard.ConnectionGuard;
import courier.socketio.guard.SlowClients;
import courier.socketio.session.Sessions;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private final List<ClientHead> forgotten = new ArrayList<>();
  private final CancelableScheduler scheduler = new HashedWheelTimeoutScheduler();
  private final SocketioConfiguration limits = new SocketioConfiguration();
  private final Sessions sessions =
      new Sessions(limits, 45_000, new Admission(limits), forgotten::add);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(sessions, new ConnectionGuard(limits, slow(), sessions::forget));

  private SlowClients slow() {
    limits.setMaxPendingBytes(1000);
    return new SlowClients(sessions::all, limits);
  }

  @AfterEach
  void stop() {
    scheduler.shutdown();
  }

  @Test
  void closesAClientThatDoesNotReadItsAnswer() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
    channel.write(Unpooled.wrappedBuffer(new byte[800]));
    assertTrue(channel.isOpen());
    channel.write(Unpooled.wrappedBuffer(new byte[800]));
    assertTrue(channel.isOpen());
    channel.write(Unpooled.wrappedBuffer(new byte[800]));
    assertFalse(channel.isOpen());
  }

  @Test
  void forgetsAHandshakeThatNeverConnected() {
    ClientHead client = handshake(Transport.WEBSOCKET);
    channel.close();
    assertEquals(List.of(client), forgotten);
  }

  private ClientHead handshake(Transport transport) {
    ClientHead client =
        new ClientHead(
            UUID.randomUUID(),
            null,
            forgotten::add,
            new MemoryStoreFactory(),
            new HandshakeData(new DefaultHttpHeaders(), Map.of(), null, null, "/", false),
            new ClientsBox(),
            transport,
            scheduler,
            null,
            Map.of());
    channel.attr(ClientHead.CLIENT).set(client);
    channel.attr(Sessions.ADDRESS).set(InetAddress.getLoopbackAddress());
    channel.writeInbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"));
    return client;
  }

  @Test
  void cutsOffASlowClientThatDoesNotEvenReadWhy() {
    ClientHead client = handshake(Transport.WEBSOCKET);
    channel.write(new OutPacketMessage(client, Transport.WEBSOCKET));
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(500, 1000));
    channel.write(Unpooled.wrappedBuffer(new byte[2000]));
    assertEquals(List.of(), forgotten);
    channel.write(Unpooled.wrappedBuffer(new byte[1000]));
    assertEquals(List.of(client), forgotten);
    sessions.closed(client);
    channel.advanceTimeBy(9, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertTrue(channel.isOpen());
    channel.advanceTimeBy(2, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
    assertFalse(channel.isOpen());
  }

  @Test
  void closesAConnectionThatSendsWhatCannotBeRead() {
    channel.pipeline().fireExceptionCaught(new IllegalArgumentException("no session id"));
    assertFalse(channel.isOpen());
  }
}
