package courier.socketio.packet;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.base64.Base64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Encodes packets as their version of the protocol has them. The inherited methods take one packet
 * more off the queue of a poll than they send, make a character of each byte for a client that
 * cannot take binary (Engine.IO protocol v3, payload: a length is in characters, and text is text),
 * and know no attachments of the fourth version (Engine.IO protocol v4, payload: b and base64).
 */
public final class OutgoingPacketEncoder extends PacketEncoder {
  private static final byte SEPARATOR = 0x1E;

  public OutgoingPacketEncoder(Configuration configuration) {
    super(configuration, configuration.getJsonSupport());
  }

  @Override
  public void encodePacket(Packet packet, ByteBuf out, ByteBufAllocator pool, boolean bare)
      throws IOException {
    if (packet instanceof EncodedPacket encoded) {
      byte[] bytes = encoded.bytes();
      if (!bare && packet.getEngineIOVersion() != EngineIOVersion.V4) {
        out.writeByte(0).writeBytes(longToBytes(bytes.length)).writeByte(0xFF);
      }
      out.writeBytes(bytes);
    } else {
      super.encodePacket(packet, out, pool, bare);
    }
  }

  @Override
  public void encodePackets(Queue<Packet> packets, ByteBuf out, ByteBufAllocator pool, int limit)
      throws IOException {
    Queue<Packet> taken = take(packets, limit);
    if (taken.isEmpty() || taken.peek().getEngineIOVersion() != EngineIOVersion.V4) {
      super.encodePackets(taken, out, pool, limit);
      return;
    }
    int start = out.writerIndex();
    for (Packet packet : taken) {
      if (out.writerIndex() > start) {
        out.writeByte(SEPARATOR);
      }
      encodePacket(packet, out, pool, true);
      for (ByteBuf attachment : packet.getAttachments()) {
        ByteBuf base64 = Base64.encode(attachment.duplicate(), false);
        out.writeByte(SEPARATOR).writeByte('b').writeBytes(base64);
        base64.release();
      }
    }
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
