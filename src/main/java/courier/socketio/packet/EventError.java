package courier.socketio.packet;

/** An acknowledgement that says no: {@code {"error":{"status","title","detail"}}}. */
public record EventError(Said error) {
  /**
   * @param status as HTTP has them
   */
  public record Said(int status, String title, String detail) {}

  public static EventError of(int status, String title, String detail) {
    return new EventError(new Said(status, title, detail));
  }
}
