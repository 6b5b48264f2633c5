package courier.socketio.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransportsTest {
  /** As when the network goes while the server is about to close the connection. */
  @Test
  void closesWhatHasClosedItself() {
    EmbeddedChannel webSocket = new EmbeddedChannel();
    ClientHead client =
        new ClientHead(
            UUID.randomUUID(),
            null,
            null,
            new MemoryStoreFactory(),
            null,
            null,
            Transport.WEBSOCKET,
            null,
            new Configuration(),
            Map.of(EngineIOVersion.EIO, List.of("4")));
    Transports transports = new Transports(client, webSocket);
    webSocket.close();

    assertDoesNotThrow(
        () -> transports.close(WebSocketCloseStatus.POLICY_VIOLATION, "too many pings"));
    assertFalse(webSocket.isOpen());
  }
}
