package courier.check.source;

/** One kind of mistake. */
public interface Rule {
  /**
   * Looks for it in a file.
   *
   * @param folder that has this file and those beside it
   */
  void check(Source file, Folder folder, Report report);
}
