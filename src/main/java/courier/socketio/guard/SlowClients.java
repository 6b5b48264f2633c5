package courier.socketio.guard;

import com.corundumstudio.socketio.protocol.Packet;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.util.RawValue;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those for whom more is waiting than they may have. */
public final class SlowClients {
  private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

  /** A packet, its list of arguments and its place in the queue. */
  private static final int PACKET_BYTES = 150;

  private static final String TOO_SLOW = "too slow: others wait for what you missed to be sent";

  private final Supplier<? extends Collection<? extends Guarded>> sessions;
  private final int maxPendingBytes;
  private final LongAdder closed = new LongAdder();

  /**
   * @param sessions there are now
   */
  public SlowClients(
      Supplier<? extends Collection<? extends Guarded>> sessions, SocketioLimits limits) {
    this.sessions = sessions;
    this.maxPendingBytes = limits.getMaxPendingBytes();
  }

  String reason() {
    return "too slow: more than %d bytes are waiting".formatted(maxPendingBytes);
  }

  /** Counts one that is about to be closed. */
  void closing(Object connection) {
    LOG.info("Closing {}: it does not keep up with its events", connection);
    closed.increment();
  }

  public long closed() {
    return closed.sum();
  }

  /** Closes one for which others would have to wait. */
  public void close(Guarded session) {
    close(session, TOO_SLOW);
  }

  /** Between two polls nothing but the queue knows what is waiting. To be called now and then. */
  public void check() {
    for (Guarded session : sessions.get()) {
      if (isTooMuch(session.queued())) {
        close(session, reason());
      }
    }
  }

  private void close(Guarded session, String reason) {
    closing(session);
    session.end(WebSocketCloseStatus.TRY_AGAIN_LATER, reason);
  }

  /**
   * Whether more is waiting than may. The largest message does not count, or a client could never
   * get one that is larger than that.
   */
  boolean isTooMuch(long bytes, long largest) {
    return bytes - largest > maxPendingBytes;
  }

  private boolean isTooMuch(Iterable<Packet> queue) {
    long bytes = 0;
    long largest = 0;
    for (Packet packet : queue) {
      long size = size(packet);
      bytes += size;
      largest = Math.max(largest, size);
    }
    return isTooMuch(bytes, largest);
  }

  private static long size(Packet packet) {
    long bytes = PACKET_BYTES;
    if (packet.getData() instanceof List<?> arguments) {
      for (Object argument : arguments) {
        bytes += size(argument);
      }
    } else {
      Object data = packet.getData();
      bytes += size(data);
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
        : value == null ? 0 : value.toString().length();
  }
}
