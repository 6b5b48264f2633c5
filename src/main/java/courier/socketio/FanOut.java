package courier.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some events for some clients. To WebSockets they go as the same bytes, framed once: a server's
 * frames are not masked (RFC 6455, section 5.1). Each socket gets them in one write.
 */
final class FanOut {
  private static final int FINAL_TEXT_FRAME = 0x81;
  private static final int SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  private final List<LogEvent> events = new ArrayList<>();
  private final List<Cursor> positions = new ArrayList<>();

  /**
   * @param position after the event
   */
  void add(LogEvent event, Cursor position) {
    events.add(event);
    positions.add(position);
  }

  int size() {
    return events.size();
  }

  void sendTo(Collection<Subscriber> subscribers) {
    Map<EventLoop, List<Channel>> sockets = new HashMap<>();
    for (Subscriber subscriber : subscribers) {
      Channel socket = subscriber.socket();
      if (socket == null) {
        subscriber.queue(events, positions);
      } else {
        sockets.computeIfAbsent(socket.eventLoop(), loop -> new ArrayList<>()).add(socket);
      }
    }
    if (sockets.isEmpty()) {
      return;
    }
    ByteBuf frames = frames();
    sockets.forEach(
        (loop, ofLoop) -> {
          ByteBuf shared = frames.retainedDuplicate();
          loop.execute(() -> write(shared, ofLoop));
        });
    frames.release();
  }

  /** Writes them to one socket; the promise is kept when its client has taken them. */
  void sendTo(Channel socket, ChannelPromise taken) {
    ByteBuf frames = frames();
    socket.eventLoop().execute(() -> socket.writeAndFlush(frames, taken));
  }

  private static void write(ByteBuf frames, List<Channel> sockets) {
    for (Channel socket : sockets) {
      socket.writeAndFlush(frames.retainedDuplicate(), socket.voidPromise());
    }
    frames.release();
  }

  private ByteBuf frames() {
    ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer();
    for (int i = 0; i < events.size(); i++) {
      byte[] packet = events.get(i).packet(positions.get(i));
      frames.writeByte(FINAL_TEXT_FRAME);
      if (packet.length <= SHORT) {
        frames.writeByte(packet.length);
      } else if (packet.length <= 0xFFFF) {
        frames.writeByte(TWO_BYTES).writeShort(packet.length);
      } else {
        frames.writeByte(EIGHT_BYTES).writeLong(packet.length);
      }
      frames.writeBytes(packet);
    }
    return frames;
  }
}
