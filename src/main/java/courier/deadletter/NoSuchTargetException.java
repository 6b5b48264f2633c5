package courier.deadletter;

/** What a replay is for is not there, or not for replays. */
final class NoSuchTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  NoSuchTargetException(String why) {
    super(why);
  }
}
