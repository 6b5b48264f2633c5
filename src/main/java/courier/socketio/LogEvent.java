package courier.socketio;

import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event that has a position in a log. Its argument is encoded once for all who get it.
 *
 * @param room whose clients get it
 * @param name of the event
 * @param argument as JSON
 */
record LogEvent(int partition, long offset, String room, String name, String argument) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static LogEvent of(int partition, long offset, String room, String name, Object argument)
      throws JsonProcessingException {
    return new LogEvent(partition, offset, room, name, JSON.writeValueAsString(argument));
  }

  boolean isAfter(Cursor position) {
    return offset >= position.next(partition);
  }

  int length() {
    return argument.length();
  }

  /**
   * The Engine.IO message, the same in each version of the protocol: {@code
   * 42["name",argument,"cursor"]}. A Socket.IO client keeps a last argument that is a string as its
   * offset (Socket.IO protocol, connection state recovery).
   *
   * @param position of who has this event and all before it
   */
  byte[] packet(Cursor position) {
    String text = "42[\"" + quoted() + "\"," + argument + ",\"" + position + "\"]";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String quoted() {
    return new String(JsonStringEncoder.getInstance().quoteAsString(name));
  }

  /** The same for netty-socketio's queue of a client. */
  Packet queued(Cursor position, EngineIOVersion version) {
    Packet packet = new Packet(PacketType.MESSAGE, version);
    packet.setSubType(PacketType.EVENT);
    packet.setName(name);
    packet.setData(List.of(new RawValue(argument), position.toString()));
    return packet;
  }
}
