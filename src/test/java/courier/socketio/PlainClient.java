package courier.socketio;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket that sends whatever it is told, and reads only when it is told. */
public final class PlainClient implements WebSocket.Listener, AutoCloseable {
  public final List<String> received = new CopyOnWriteArrayList<>();
  public final List<byte[]> bytes = new CopyOnWriteArrayList<>();
  public final List<String> pongs = new CopyOnWriteArrayList<>();
  public volatile String closed;
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  private PlainClient(int port, String query) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(
                    "ws://localhost:%d/socket.io/?transport=websocket%s".formatted(port, query)),
                this)
            .join();
  }

  public static PlainClient open(int port) {
    return new PlainClient(port, "&EIO=4").read();
  }

  public static PlainClient thatDoesNotRead(int port) {
    return new PlainClient(port, "&EIO=4");
  }

  public static PlainClient ofVersionThree(int port) {
    return ofVersionThree(port, "");
  }

  public static PlainClient ofVersionThree(int port, String query) {
    return new PlainClient(port, "&EIO=3&" + query).read();
  }

  /** The WebSocket of a session that polls. */
  public static PlainClient upgrade(int port, String session) {
    return new PlainClient(port, "&EIO=4&sid=" + session).read();
  }

  /** The id of its session, once it has its handshake. */
  public String session() {
    return received.get(0).substring(9, 45);
  }

  public PlainClient read() {
    socket.request(Long.MAX_VALUE);
    return this;
  }

  public PlainClient send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  public PlainClient sendPart(String text) {
    socket.sendText(text, false).join();
    return this;
  }

  public PlainClient sendBytes(int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) 0x7F);
    return sendBytes(bytes);
  }

  public PlainClient sendBytes(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    return this;
  }

  public void ping(String text) {
    socket.sendPing(ByteBuffer.wrap(text.getBytes())).join();
  }

  public void pingUntilClosed() {
    while (closed == null) {
      socket.sendPing(ByteBuffer.allocate(100)).handle((done, refused) -> null).join();
    }
  }

  public void awaitClosed(String codeAndReason) {
    await()
        .untilAsserted(() -> org.junit.jupiter.api.Assertions.assertEquals(codeAndReason, closed));
  }

  @Override
  public void onOpen(WebSocket socket) {}

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      received.add(part.toString());
      part.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    bytes.add(copy);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    pongs.add(new String(bytes));
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed = code + " " + reason;
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed = error.toString();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
