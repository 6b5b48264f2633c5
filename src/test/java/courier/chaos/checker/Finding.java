package courier.chaos.checker;

/** What the product did wrong, and to what it did it. */
public record Finding(String name, String id, String detail) {
  public static final String LOST_WRITE = "lost write";
  public static final String DUPLICATE = "duplicate";
  static final String REORDER = "reorder";
  static final String PHANTOM = "phantom";
  static final String UNEXPLAINED = "unexplained";
  public static final String PRECOMMITTED_PUSH = "precommitted push";
  public static final String LOST_PUSH = "lost push";
  static final String PART_DIED = "part died";
  static final String NOT_LIVE = "not live";
}
