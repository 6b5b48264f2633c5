package courier.socketio;

/** An acknowledgement that says no: {@code {"error":{"status","title","detail"}}}. */
record EventError(Said error) {
  /**
   * @param status as HTTP has them
   */
  record Said(int status, String title, String detail) {}

  static EventError of(int status, String title, String detail) {
    return new EventError(new Said(status, title, detail));
  }
}
