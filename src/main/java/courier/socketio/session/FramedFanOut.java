package courier.socketio.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.util.RawValue;
import courier.feed.Client;
import courier.feed.Delivery;
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
 * Sends events of a log to many clients. To WebSockets they go as the same bytes, framed once: a
 * server's frames are not masked (RFC 6455, section 5.1). Each socket gets them in one write.
 */
public final class FramedFanOut implements Client.FanOut {
  private static final int FINAL_TEXT_FRAME = 0x81;
  private static final int SHORT = 125;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;

  /**
   * @param clients each a {@link Connection}
   */
  @Override
  public void send(Delivery events, Collection<Client> clients) {
    Map<EventLoop, List<Channel>> sockets = new HashMap<>();
    for (Client client : clients) {
      Connection connection = (Connection) client;
      Channel socket = connection.socket();
      if (socket == null) {
        connection.queue(events);
      } else {
        sockets.computeIfAbsent(socket.eventLoop(), loop -> new ArrayList<>()).add(socket);
      }
    }
    if (sockets.isEmpty()) {
      return;
    }
    ByteBuf frames = frames(events);
    sockets.forEach(
        (loop, ofLoop) -> {
          ByteBuf shared = frames.retainedDuplicate();
          loop.execute(() -> write(shared, ofLoop));
        });
    frames.release();
  }

  /** Writes them to one socket; the promise is kept when its client has taken them. */
  static void send(Delivery events, Channel socket, ChannelPromise taken) {
    ByteBuf frames = frames(events);
    socket.eventLoop().execute(() -> socket.writeAndFlush(frames, taken));
  }

  private static void write(ByteBuf frames, List<Channel> sockets) {
    for (Channel socket : sockets) {
      socket.writeAndFlush(frames.retainedDuplicate(), socket.voidPromise());
    }
    frames.release();
  }

  private static ByteBuf frames(Delivery events) {
    ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer();
    for (Delivery.Item event : events.items()) {
      byte[] packet = text(event).getBytes(UTF_8);
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

  /**
   * The Engine.IO message, the same in each version of the protocol: {@code
   * 42["name",argument,"cursor"]}. A Socket.IO client keeps a last argument that is a string as its
   * offset (Socket.IO protocol, connection state recovery).
   */
  static String text(Delivery.Item item) {
    String name = new String(JsonStringEncoder.getInstance().quoteAsString(item.event().name()));
    return "42[\"" + name + "\"," + item.event().argument() + ",\"" + item.position() + "\"]";
  }

  /** The same for the server's queue of a client. */
  static Packet packet(Delivery.Item item, EngineIOVersion version) {
    Packet packet = new Packet(PacketType.MESSAGE, version);
    packet.setSubType(PacketType.EVENT);
    packet.setName(item.event().name());
    packet.setData(List.of(new RawValue(item.event().argument()), item.position().toString()));
    return packet;
  }
}
