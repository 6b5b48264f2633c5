package courier.chaos.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/** Before a MongoDB: has its wire protocol message by message. */
abstract class WireProxy extends TcpProxy {
  WireProxy(int port, int server) throws IOException {
    super(InetAddress.getLoopbackAddress(), port, server);
  }

  interface Taker {
    void take(WireMessage message) throws IOException;
  }

  /** Until the one who says it has gone. */
  static void each(InputStream said, Taker taker) throws IOException {
    DataInputStream messages = new DataInputStream(said);
    try {
      while (true) {
        taker.take(WireMessage.read(messages));
      }
    } catch (EOFException e) {
      // it has gone
    }
  }

  final void pass(WireMessage message, OutputStream to) throws IOException {
    write(to, message.bytes(), message.bytes().length);
  }
}
