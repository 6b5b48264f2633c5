package courier.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.Packet;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.util.RawValue;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those for whom more is waiting than they may have. */
final class SlowClients {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  /** A packet, its list of arguments and its place in the queue. */
  private static final int PACKET_BYTES = 150;

  private final int maxPendingBytes;
  private final LongAdder closed = new LongAdder();

  SlowClients(int maxPendingBytes) {
    this.maxPendingBytes = maxPendingBytes;
  }

  String reason() {
    return "too slow: more than %d bytes are waiting".formatted(maxPendingBytes);
  }

  /** Counts one that is about to be closed. */
  void closing(Object connection) {
    LOG.info("Closing {}: it does not keep up with its events", connection);
    closed.increment();
  }

  long closed() {
    return closed.sum();
  }

  /** Between two polls nothing but the queue knows what is waiting. To be called now and then. */
  void check(Sessions sessions) {
    for (Session session : sessions.all()) {
      if (session.isPolling() && isTooMuch(session.client.getPacketsQueue(Transport.POLLING))) {
        closing(session.client.getSessionId());
        sessions.end(session, WebSocketCloseStatus.TRY_AGAIN_LATER, reason());
      }
    }
  }

  private boolean isTooMuch(Iterable<Packet> queue) {
    long bytes = 0;
    for (Packet packet : queue) {
      bytes += size(packet);
      if (bytes > maxPendingBytes) {
        return true;
      }
    }
    return false;
  }

  private static long size(Packet packet) {
    long bytes = PACKET_BYTES;
    if (packet.getData() instanceof List<?> arguments) {
      for (Object argument : arguments) {
        bytes += size(argument);
      }
    }
    for (ByteBuf attachment : packet.getAttachments()) {
      bytes += attachment.readableBytes();
    }
    return bytes;
  }

  private static int size(Object argument) {
    Object value = argument instanceof RawValue raw ? raw.rawValue() : argument;
    return value instanceof SerializableString encoded
        ? encoded.charLength()
        : value instanceof CharSequence text ? text.length() : 0;
  }
}
