package courier.feed;

import java.util.Collection;
import java.util.UUID;

/** A connection, as the feed knows it: whoever holds connections hands them over as these. */
public interface Client {
  /** Which connection it is. */
  UUID id();

  /** Where it is: those of one address take turns when they catch up. */
  Object address();

  boolean isConnected();

  /**
   * It is admitted.
   *
   * @param pid what it is told; the one it had means that it gets all it has missed (recovered)
   * @param begin to be run when it knows, and may be sent events, or is gone
   */
  void admit(String pid, Runnable begin);

  /** It cannot start where it wants to. */
  void refuse(String reason);

  /** Whether it has taken most of what was sent to it, so that more may be. */
  boolean keepsUp();

  /** Sends it what it has missed. Whoever sends to a client is one at a time. */
  void send(Delivery missed);

  /** Runs something once it has taken what it was sent like this last, or is gone. */
  void whenTaken(Runnable then);

  /** Closes it, as others wait for what it was sent to be taken. */
  void closeAsSlow();

  /** Sends the same to many. */
  @FunctionalInterface
  interface FanOut {
    void send(Delivery events, Collection<Client> clients);
  }
}
