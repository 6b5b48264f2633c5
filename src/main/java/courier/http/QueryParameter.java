package courier.http;

import java.util.List;

/** What a request's query says, of which each parameter may be there once. */
public final class QueryParameter {
  /** Characters of a name. */
  private static final int LONGEST_NAME = 128;

  private QueryParameter() {}

  /**
   * @param value the header of this name, in which Camel has a list of those that are there twice
   * @return null when it is not there
   * @throws Refusal 400
   */
  public static String once(String name, Object value) {
    if (value instanceof List<?>) {
      throw new Refusal(name, "is there twice: send it once");
    }
    return value == null ? null : value.toString();
  }

  /**
   * The name of a client.
   *
   * @param instead what to do instead of leaving it empty
   * @return null when it is not there
   * @throws Refusal 400
   */
  public static String clientId(Object value, String instead) {
    String name = once("clientId", value);
    if (name == null) {
      return null;
    }
    if (name.isEmpty()) {
      throw new Refusal("clientId", "is empty: " + instead);
    }
    if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
      throw new Refusal(
          "clientId", "is longer than a name can be: give at most " + LONGEST_NAME + " characters");
    }
    return name;
  }

  /**
   * How many to answer with.
   *
   * @return null when it is not there
   * @throws Refusal 400
   */
  public static Integer limit(Object value, int most) {
    if (value == null) {
      return null;
    }
    try {
      int limit = Integer.parseInt(value.toString());
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Refusal("limit", "must be a number from 1 to " + most);
  }
}
