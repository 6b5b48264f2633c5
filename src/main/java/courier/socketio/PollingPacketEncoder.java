package courier.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Answers a poll with at most the limit's packets. The inherited methods take one packet more off
 * the queue than they send.
 */
final class PollingPacketEncoder extends PacketEncoder {
  PollingPacketEncoder(Configuration configuration) {
    super(configuration, configuration.getJsonSupport());
  }

  @Override
  public void encodePackets(Queue<Packet> packets, ByteBuf out, ByteBufAllocator pool, int limit)
      throws IOException {
    super.encodePackets(take(packets, limit), out, pool, limit);
  }

  @Override
  public void encodeJsonP(
      Integer index, Queue<Packet> packets, ByteBuf out, ByteBufAllocator pool, int limit)
      throws IOException {
    super.encodeJsonP(index, take(packets, limit), out, pool, limit);
  }

  private static Queue<Packet> take(Queue<Packet> packets, int limit) {
    Queue<Packet> taken = new ArrayDeque<>(limit);
    for (Packet packet; taken.size() < limit && (packet = packets.poll()) != null; ) {
      taken.add(packet);
    }
    return taken;
  }
}
