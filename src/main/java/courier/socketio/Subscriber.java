package courier.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import io.netty.channel.Channel;
import java.util.List;
import java.util.UUID;

/** A connected client that gets the events of a room. Whoever sends to it is one at a time. */
final class Subscriber {
  private static final int MOST_QUEUED = 200;

  /** Characters of JSON. */
  private static final int PIECE = 256 * 1024;

  private final ClientHead client;
  private final String room;
  private final String pid;
  private volatile Channel upgraded;
  private volatile boolean gone;
  private Channel socket;
  private Cursor position;
  private List<LogEvent> rest = List.of();

  /**
   * @param webSocket null when the client polls
   * @param start up to where it has all events
   */
  Subscriber(ClientHead client, Channel webSocket, String room, Recovery.Start start) {
    this.client = client;
    this.socket = webSocket;
    this.room = room;
    this.pid = start.pid();
    this.position = start.position();
  }

  UUID session() {
    return client.getSessionId();
  }

  String pid() {
    return pid;
  }

  String room() {
    return room;
  }

  /** Up to where it has all events, while it catches up. */
  Cursor position() {
    return position;
  }

  void startAt(Cursor from) {
    position = from;
  }

  boolean isConnected() {
    return !gone && client.isConnected();
  }

  void leave() {
    gone = true;
  }

  /** The client has left polling for this WebSocket. */
  void upgrade(Channel webSocket) {
    upgraded = webSocket;
    sendQueued();
  }

  /** Something may have been queued for polls when there were no more; a packet takes it along. */
  private void sendQueued() {
    client.send(new Packet(PacketType.NOOP, client.getEngineIOVersion()));
  }

  /** Where to write events, or null while they are to be queued. */
  Channel socket() {
    // What was queued for its polls goes first.
    if (socket == null
        && upgraded != null
        && client.getPacketsQueue(Transport.WEBSOCKET).isEmpty()) {
      socket = upgraded;
    }
    return socket;
  }

  /** Whether it has taken most of what was sent to it. */
  boolean keepsUp() {
    Channel channel = socket();
    if (channel == null) {
      return client.getPacketsQueue(Transport.POLLING).size() < MOST_QUEUED;
    }
    int half = channel.config().getWriteBufferHighWaterMark() / 2;
    return channel.isWritable() && channel.bytesBeforeUnwritable() > half;
  }

  /**
   * Sends what it has missed, no more at a time than a client that reads can have waiting.
   *
   * @return whether that was all; the rest is for {@link #sendRest}
   */
  boolean catchUp(List<LogEvent> missed) {
    FanOut fanOut = new FanOut();
    int length = 0;
    while (fanOut.size() < missed.size() && length < PIECE) {
      LogEvent event = missed.get(fanOut.size());
      position = position.after(event.partition(), event.offset());
      fanOut.add(event, position);
      length += event.length();
    }
    if (!missed.isEmpty()) {
      fanOut.sendTo(List.of(this));
    }
    rest = missed.subList(fanOut.size(), missed.size());
    return rest.isEmpty();
  }

  /** Sends the next piece of what is left, if anything is. */
  boolean sendRest() {
    boolean left = !rest.isEmpty();
    catchUp(rest);
    return left;
  }

  void queue(List<LogEvent> events, List<Cursor> positions) {
    for (int i = 0; i < events.size(); i++) {
      client.send(events.get(i).queued(positions.get(i), client.getEngineIOVersion()));
    }
    if (upgraded != null) {
      sendQueued();
    }
  }
}
