package courier.deadletter;

/**
 * What a person asks the desk to do to one dead letter.
 *
 * @param by who asks
 * @param edited what to send instead of its value, or null
 * @param topic where to send it instead of where it is from, or null
 */
public record DeskRequest(String id, String by, byte[] edited, String topic) {
  /** Who acts when the request does not say. */
  public static final String UNKNOWN = "unknown";
}
