package courier.chaos;

/** What the product did wrong, and to what it did it. */
record Finding(String name, String id, String detail) {
  static final String LOST_WRITE = "lost write";
  static final String DUPLICATE = "duplicate";
  static final String REORDER = "reorder";
  static final String PHANTOM = "phantom";
  static final String UNEXPLAINED = "unexplained";
  static final String PRECOMMITTED_PUSH = "precommitted push";
  static final String LOST_PUSH = "lost push";
  static final String PART_DIED = "part died";
}
