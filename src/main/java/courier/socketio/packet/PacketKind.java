package courier.socketio.packet;

import io.netty.buffer.ByteBuf;

/** What a client sends, told by the first two characters of a packet. */
public final class PacketKind {
  /** Of answers to pings, acknowledgements and such. */
  private static final int LONGEST = 256;

  private static final int CLOSE = 1;
  private static final int MESSAGE = 4;
  private static final int CONNECT = 0;
  private static final int EVENT = 2;
  private static final int ACK = 3;
  private static final int BINARY_EVENT = 5;
  private static final int BINARY_ACK = 6;

  private PacketKind() {}

  /**
   * Whether a packet that is no event is no longer than such may be. The server reads what is
   * before the first bracket as a number, at a square of its length.
   */
  public static boolean isWellFormed(ByteBuf packet, int maxConnectLength) {
    if (isConnect(packet)) {
      return packet.readableBytes() <= maxConnectLength;
    }
    return packet.readableBytes() <= LONGEST;
  }

  /**
   * Whether its type, and that of a message, is one of the protocol; the server reads any as one.
   */
  public static boolean isKnown(ByteBuf packet) {
    int start = packet.readerIndex();
    byte type = packet.getByte(start);
    return isType(type)
        && (type != '0' + MESSAGE
            || (packet.readableBytes() > 1 && isType(packet.getByte(start + 1))));
  }

  /** Both protocols have seven. */
  private static boolean isType(byte digit) {
    return digit >= '0' && digit <= '6';
  }

  public static boolean isClose(ByteBuf packet) {
    return packet.readableBytes() == 1 && packet.getByte(packet.readerIndex()) == '0' + CLOSE;
  }

  public static boolean isConnect(ByteBuf packet) {
    return subtype(packet) == CONNECT;
  }

  public static boolean isEvent(ByteBuf packet) {
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
