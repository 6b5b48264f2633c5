package courier.chaos.ledger;

import java.util.Locale;

/** What a line of the ledger tells. */
public enum What {
  /** A send begins; a line for each attempt. */
  INVOKED,
  /** The send was answered 202. */
  ACCEPTED,
  /** The send was answered otherwise, or not at all: it may have happened or not. */
  UNKNOWN,
  POISON_SENT,
  /** Kafka acknowledged the poison. */
  POISON_WRITTEN,
  /** A listener got a push; the detail is the event's {@code _id}. */
  PUSHED,
  /** A listener asked the store for what it was pushed, and got it. */
  FOUND,
  /** A listener asked for what it was pushed, and the answer was 404. */
  ABSENT,
  CONNECTED,
  DISCONNECTED,
  FAULT_BEGINS,
  FAULT_ENDS,
  READY,
  /** A part ended by itself. */
  DIED,
  /** A part was not ready again in time. */
  NOT_READY,
  /** A client B does not run a route file as it is. */
  NOT_LIVE,
  /** All is healed, sent and waited for. */
  ENDED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
