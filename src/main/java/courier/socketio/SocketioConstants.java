package courier.socketio;

import org.apache.camel.spi.Metadata;

/** Headers of messages to and from {@code socketio:} endpoints. */
public final class SocketioConstants {
  @Metadata(
      description =
          "Whose clients get the event, or who emitted it, by the name they connected with; names are"
              + " of clients of a log alone, and without the header an event of none is for all",
      javaType = "String")
  public static final String ROOM = "CamelSocketioRoom";

  @Metadata(
      description = "Partition of the log that the event is from; makes it one that can be missed",
      javaType = "Integer")
  public static final String PARTITION = "CamelSocketioPartition";

  @Metadata(
      description = "Offset of the event in its partition; of missed events the first to be read",
      javaType = "Long")
  public static final String OFFSET = "CamelSocketioOffset";

  @Metadata(description = "Offset before which missed events are to be read", javaType = "Long")
  public static final String UNTIL = "CamelSocketioUntil";

  @Metadata(description = "How many missed events to read at most", javaType = "Integer")
  public static final String LIMIT = "CamelSocketioLimit";

  @Metadata(
      description =
          "Id of the log that events are from, or that missed events are to be read of; without it"
              + " it is the one that the events before were from",
      javaType = "String")
  public static final String LOG = "CamelSocketioLog";

  @Metadata(
      description =
          "For each partition the offset from which on nothing is left out: what is before it and"
              + " was not seen here was missed, and clients catch up with it",
      javaType = "Map<Integer, Long>")
  public static final String FROM = "CamelSocketioFrom";

  @Metadata(
      description =
          "For each partition the offset before which all is stored, be there events for anybody"
              + " or not",
      javaType = "Map<Integer, Long>")
  public static final String NEXT = "CamelSocketioNext";

  @Metadata(
      description =
          "Whether the same events come again: they are pushed now if nothing is missing between"
              + " them and those before, and else then",
      defaultValue = "false",
      javaType = "Boolean")
  public static final String EARLY = "CamelSocketioEarly";

  @Metadata(
      description =
          "Session of the client that emitted the event; an event that is sent with it goes to this"
              + " client only",
      javaType = "String")
  public static final String SESSION = "CamelSocketioSession";

  /**
   * Property of an exchange, which no client can set: the {@link
   * courier.socketio.guard.Doorkeeper.Caller} who emitted the event, where clients are asked.
   */
  public static final String CALLER = "CamelSocketioCaller";

  private SocketioConstants() {}
}
