package courier.socketio;

import io.netty.buffer.ByteBuf;

/** How many packets a client may send, told by the first two characters of each. */
final class PacketQuota {
  /** Of answers to pings, CONNECT and such; a client sends a few a minute. */
  private static final int OTHERS_PER_SECOND = 100;

  private static final int MESSAGE = 4;
  private static final int CONNECT = 0;
  private static final int EVENT = 2;
  private static final int ACK = 3;
  private static final int BINARY_EVENT = 5;
  private static final int BINARY_ACK = 6;

  private final TokenBucket events;
  private final TokenBucket others = new TokenBucket(OTHERS_PER_SECOND);

  PacketQuota(int eventsPerSecond) {
    events = new TokenBucket(eventsPerSecond);
  }

  /** Several polling requests of one client may be read at the same time. */
  synchronized boolean takes(ByteBuf packet) {
    return isEvent(packet) ? events.take() : others.take();
  }

  static boolean isConnect(ByteBuf packet) {
    return subtype(packet) == CONNECT;
  }

  static boolean isEvent(ByteBuf packet) {
    return switch (subtype(packet)) {
      case EVENT, BINARY_EVENT, BINARY_ACK -> true;
      case ACK -> !endsEmpty(packet);
      // The binary form of old clients, who use it for binary events.
      default -> packet.getByte(packet.readerIndex()) == 0;
    };
  }

  private static boolean endsEmpty(ByteBuf packet) {
    int end = packet.writerIndex();
    return packet.readableBytes() > 3
        && packet.getByte(end - 2) == '['
        && packet.getByte(end - 1) == ']';
  }

  /** The server, too, looks at four bits only. */
  private static int subtype(ByteBuf packet) {
    int start = packet.readerIndex();
    boolean message = packet.readableBytes() > 1 && (packet.getByte(start) & 0xF) == MESSAGE;
    return message ? packet.getByte(start + 1) & 0xF : -1;
  }
}
