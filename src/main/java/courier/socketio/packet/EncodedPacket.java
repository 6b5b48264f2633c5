package courier.socketio.packet;

import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event or an acknowledgement, encoded already: once for all who get it, and with its
 * attachments as they are (Socket.IO protocol v5, packet encoding).
 */
public final class EncodedPacket extends Packet {
  private static final long serialVersionUID = 1L;

  private EncodedPacket(String text, List<byte[]> attachments, EngineIOVersion version) {
    super(PacketType.MESSAGE, version);
    setData(text);
    initAttachments(attachments.size());
    attachments.forEach(bytes -> addAttachment(Unpooled.wrappedBuffer(bytes)));
  }

  /** What it is made of, for clients of any version. */
  public record Content(String text, List<byte[]> attachments) {
    /** About how many. */
    public int bytes() {
      return text.length() + attachments.stream().mapToInt(bytes -> bytes.length).sum();
    }

    public void sendTo(ClientHead client) {
      if (client.isConnected()) {
        client.send(new EncodedPacket(text, attachments, client.getEngineIOVersion()));
      }
    }
  }

  /**
   * @param namespace as the server has it; empty is the default one
   */
  public static Content event(String namespace, String name, List<?> arguments) {
    ArgumentsJson json = new ArgumentsJson();
    json.add(name);
    arguments.forEach(json::add);
    return content('2', '5', namespace, "", json);
  }

  public static Content acknowledgement(String namespace, long id, List<?> arguments) {
    ArgumentsJson json = new ArgumentsJson();
    arguments.forEach(json::add);
    return content('3', '6', namespace, Long.toString(id), json);
  }

  private static Content content(
      char type, char binaryType, String namespace, String id, ArgumentsJson arguments) {
    int attached = arguments.attachments().size();
    String header = attached == 0 ? "" + type : "" + binaryType + attached + "-";
    String in = namespace.isEmpty() ? "" : namespace + ",";
    return new Content(header + in + id + arguments, arguments.attachments());
  }

  /** With the type of the Engine.IO message. */
  byte[] bytes() {
    String text = getData();
    return ("4" + text).getBytes(StandardCharsets.UTF_8);
  }
}
