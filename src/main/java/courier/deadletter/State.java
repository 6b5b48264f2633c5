package courier.deadletter;

/** The states of a dead letter. */
final class State {
  /** To be looked at. */
  static final String FAILED = "failed";

  /** Waits for its turn in a bulk replay. */
  static final String QUEUED = "queued";

  /** Being sent to its topic again; whether it was sent is known when it is the next state. */
  static final String REPLAYING = "replaying";

  /** Sent to its topic again. */
  static final String REPLAYED = "replayed";

  /** Not to be replayed. */
  static final String DISCARDED = "discarded";

  /** Failed again after as many replays as there may be. */
  static final String PARKED = "parked";

  private State() {}
}
