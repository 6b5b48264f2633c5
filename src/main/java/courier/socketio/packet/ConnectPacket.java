package courier.socketio.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * A client's CONNECT, {@code 40/namespace,{…}}.
 *
 * @param namespace as it stands there; empty is the default one
 * @param data JSON, or empty
 */
public record ConnectPacket(String namespace, String data) {
  private static final int TYPE = 2;
  private static final String DEFAULT = "/";

  public static ConnectPacket of(ByteBuf packet) {
    String text = packet.toString(StandardCharsets.UTF_8).substring(TYPE);
    if (!text.startsWith(DEFAULT)) {
      return new ConnectPacket("", text);
    }
    int end = text.indexOf(',');
    String namespace = end < 0 ? text : text.substring(0, end);
    String data = end < 0 ? "" : text.substring(end + 1);
    return new ConnectPacket(namespace.equals(DEFAULT) ? "" : namespace, data);
  }

  public boolean isDefault() {
    return namespace.isEmpty();
  }

  /** What the server needs of it. Of data it would make a number, at a square of its length. */
  public ByteBuf withoutData() {
    return Unpooled.copiedBuffer(
        isDefault() ? "40" : "40" + namespace + ",", StandardCharsets.UTF_8);
  }
}
