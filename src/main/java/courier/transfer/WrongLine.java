package courier.transfer;

/** A line that cannot be taken, and why: the message continues "line 3". */
final class WrongLine extends Exception {
  private static final long serialVersionUID = 1L;

  WrongLine(String why) {
    super(why, null, false, false);
  }
}
