package courier.socketio.entry;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.InetAddress;

/** The running server, as an HTTP server on another port sees it that hands connections over. */
public interface SocketioAcceptor {
  /** Counts a handshake, and says whether it may go on; if not, it is answered with 429. */
  boolean admits(InetAddress client);

  /** Whether it stops soon, and a new client had better go to another one. */
  boolean isLeaving();

  /** Bytes of a POST's body, at most. */
  int maxPayload();

  /**
   * Makes an HTTP/1.1 connection one of this server's own, bytes that were read already included.
   * Its HTTP handlers are taken off; TLS, and what else is in front of the decoder, stays.
   *
   * @param channel on whose event loop this is called, while it reads the request
   * @param request what it read last and {@link #admits admitted}; this server answers it
   * @param client where the client is
   */
  void adopt(Channel channel, FullHttpRequest request, InetAddress client);
}
