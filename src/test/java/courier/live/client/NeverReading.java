package courier.live.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** A Socket.IO client that connects and then never reads, while its TCP connection is fine. */
public final class NeverReading implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 16_384;
  private static final int SILENCE_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final byte[] buffer = new byte[RECEIVE_BUFFER];

  public NeverReading(String url) throws IOException {
    URI server = URI.create(url);
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    write(
        ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            .getBytes(UTF_8));
    readUntil("pingInterval");
    // The text "40", masked by zeros
    write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'});
    readUntil("40{");
    Thread pongs = new Thread(this::pong, "pongs");
    pongs.setDaemon(true);
    pongs.start();
  }

  /** Says that it is alive without being asked, as it does not hear the question. */
  private void pong() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(10);
        write(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '3'});
      }
    } catch (IOException | InterruptedException e) {
      // closed
    }
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private void readUntil(String text) throws IOException {
    StringBuilder said = new StringBuilder();
    while (said.indexOf(text) < 0) {
      int n = socket.getInputStream().read(buffer);
      if (n < 0) {
        throw new IOException("closed after " + said);
      }
      said.append(new String(buffer, 0, n, UTF_8));
    }
  }

  /**
   * Reads what was on its way at last, and whether the server has closed the connection behind it.
   */
  public boolean isClosed() throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    try {
      while (socket.getInputStream().read(buffer) >= 0) {
        // goes on
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
