package courier.metrics;

/** A figure of {@code /observe/metrics}, beside those of Camel; docs/operations.md lists them. */
public enum Figure {
  BUILD(Kind.GAUGE, "courier.build", "1, with what runs as its labels"),
  ACCEPTED(
      Kind.COUNTER, "courier.messages.accepted", "Messages that Kafka acknowledged to a sender"),
  REFUSED(
      Kind.COUNTER,
      "courier.requests.refused",
      "Requests and events that were answered with a problem; route none is before any route"),
  READ(Kind.COUNTER, "courier.messages.read", "Records of the messages' topic that are done with"),
  STORED(Kind.COUNTER, "courier.messages.stored", "Of them, messages that were stored"),
  IGNORED(Kind.COUNTER, "courier.messages.ignored", "Of them, those for others, or erased"),
  DUPLICATES(Kind.COUNTER, "courier.messages.duplicates", "Of them, those that were stored before"),
  DEAD_LETTERED(
      Kind.COUNTER, "courier.messages.dead.lettered", "Records that were dead-lettered, by reason"),
  RETRIED(
      Kind.COUNTER, "courier.messages.retried", "Tries of single records after one that failed"),
  REPLAYED(Kind.COUNTER, "courier.messages.replayed", "Dead letters that were sent once more"),
  STORE_TIME(
      Kind.TIMER, "courier.messages.store.time", "From the record's time in Kafka until stored"),
  PUSH_TIME(
      Kind.TIMER,
      "courier.messages.push.time",
      "From the record's time in Kafka until pushed where it was stored"),
  PUSHED(
      Kind.COUNTER,
      "courier.events.pushed",
      "Events that somebody who is connected here got at once, each counted once"),
  CLIENTS(Kind.GAUGE, "courier.socketio.clients", "Connected Socket.IO clients"),
  DELIVERIES(
      Kind.COUNTER,
      "courier.socketio.deliveries",
      "Events of the log as often as a client was sent one, also what it had missed"),
  RECOVERIES(
      Kind.SUMMARY,
      "courier.socketio.recoveries",
      "Clients that came until they had all, by where it was from: new, memory, store or lost"),
  TURNED_AWAY(Kind.COUNTER, "courier.socketio.refused", "Handshakes answered with 429"),
  SLOW(Kind.COUNTER, "courier.socketio.slow", "Clients closed because they did not keep up"),
  ROUTES_REFUSED(Kind.GAUGE, "courier.routes.refused", "Route files whose last save is not live"),
  OUTAGE(Kind.GAUGE, "courier.outage", "1 while a backend does not answer, else 0"),
  LAG(Kind.GAUGE, "courier.lag.records", "Records that the group has still to read"),
  LAG_SECONDS(Kind.SECONDS, "courier.lag", "How long the first of them has been there"),
  OLDEST_OPEN(
      Kind.SECONDS, "courier.dead.letters.oldest", "How long the oldest open dead letter has been");

  /** What it is; of seconds there is a gauge, or how often and how long, or a histogram. */
  enum Kind {
    COUNTER("_total"),
    GAUGE(""),
    SECONDS("_seconds"),
    SUMMARY("_seconds"),
    TIMER("_seconds");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private final Kind kind;
  private final String id;
  private final String description;

  Figure(Kind kind, String id, String description) {
    this.kind = kind;
    this.id = id;
    this.description = description;
  }

  Kind kind() {
    return kind;
  }

  /** As Micrometer has it, with dots. */
  public String id() {
    return id;
  }

  public String description() {
    return description;
  }

  /** As Prometheus has it; what is timed has {@code _count}, {@code _sum} and so on behind it. */
  public String prometheusName() {
    return id.replace('.', '_') + kind.suffix;
  }
}
