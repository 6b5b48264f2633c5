package courier.socketio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket at an address of its own that takes hardly anything it is sent. */
final class RawClient implements AutoCloseable {
  private static final int LITTLE = 4096;
  private static final String UPGRADE =
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
          + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nX-Forwarded-For: %s\r\n"
          + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private final Socket socket = new Socket();

  RawClient(int port, String address) throws IOException {
    socket.setReceiveBufferSize(LITTLE);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("localhost", port));
    socket.getOutputStream().write(UPGRADE.formatted(address).getBytes(StandardCharsets.US_ASCII));
    while (socket.getInputStream().read() != '}') {
      // the answer, and the first packet behind it
    }
  }

  void send(String text) throws IOException {
    send(text, 1);
  }

  /** The same packet so many times, at once. */
  void send(String text, int times) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      frames.write(frame(text));
    }
    socket.getOutputStream().write(frames.toByteArray());
  }

  private static byte[] frame(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x81);
    if (bytes.length < 126) {
      frame.write(0x80 | bytes.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(bytes.length >> 8);
      frame.write(bytes.length);
    }
    frame.write(new byte[4]); // its mask
    frame.write(bytes);
    return frame.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
