package courier.command;

/** A command ends here, with what to say and the status to end with. */
final class Unsuccessful extends Exception {
  private static final long serialVersionUID = 1L;

  /** It was answered with no. */
  static final int REFUSED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** Nobody answers, or not now: it may be tried again. */
  static final int NOT_THERE = 3;

  private final int status;

  Unsuccessful(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
