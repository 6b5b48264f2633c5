package courier.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Answers a poll with at most the limit's packets. The inherited methods take one packet more off
 * the queue than they send, and make a character of each byte for a client that cannot take binary
 * (Engine.IO protocol v3, payload: a length is in characters, and text is text).
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
    Queue<Packet> taken = take(packets, limit);
    if (index != null || taken.stream().anyMatch(Packet::hasAttachments)) {
      super.encodeJsonP(index, taken, out, pool, limit);
      return;
    }
    for (Packet packet : taken) {
      ByteBuf encoded = allocateBuffer(pool);
      try {
        encodePacket(packet, encoded, pool, true);
        String text = encoded.toString(StandardCharsets.UTF_8);
        out.writeCharSequence(text.length() + ":" + text, StandardCharsets.UTF_8);
      } finally {
        encoded.release();
      }
    }
  }

  private static Queue<Packet> take(Queue<Packet> packets, int limit) {
    Queue<Packet> taken = new ArrayDeque<>(limit);
    for (Packet packet; taken.size() < limit && (packet = packets.poll()) != null; ) {
      taken.add(packet);
    }
    return taken;
  }
}
