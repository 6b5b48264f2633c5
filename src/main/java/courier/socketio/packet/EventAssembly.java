package courier.socketio.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts an event of a client and its attachments together, which come after it one by one. */
public final class EventAssembly {
  private EventPacket event;
  private List<byte[]> attachments;
  private int bytes;

  /**
   * An event with all its attachments.
   *
   * @param bytes of both
   */
  public record Whole(EventPacket event, List<byte[]> attachments, int bytes) {}

  public synchronized boolean isOpen() {
    return event != null;
  }

  /** An event comes; it is whole if it has no attachments. */
  public synchronized Optional<Whole> begin(EventPacket comes, int size) {
    event = comes;
    attachments = new ArrayList<>();
    bytes = size;
    return whole();
  }

  /**
   * An attachment of it comes.
   *
   * @throws IllegalArgumentException if both together are more than that
   */
  public synchronized Optional<Whole> attach(byte[] attachment, int maxBytes) {
    if (bytes > maxBytes - attachment.length) {
      throw new IllegalArgumentException("an event may have %d bytes".formatted(maxBytes));
    }
    attachments.add(attachment);
    bytes += attachment.length;
    return whole();
  }

  private Optional<Whole> whole() {
    if (attachments.size() < event.attachments()) {
      return Optional.empty();
    }
    Whole whole = new Whole(event, attachments, bytes);
    event = null;
    attachments = null;
    return Optional.of(whole);
  }
}
