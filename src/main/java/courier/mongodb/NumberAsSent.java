package courier.mongodb;

import org.bson.types.Decimal128;

/** A number that no Java number would write as it was sent: {@code 1e2}, {@code 1.50}, -0. */
public final class NumberAsSent extends Number {
  private static final long serialVersionUID = 1L;

  private final String text;

  private NumberAsSent(String text) {
    this.text = text;
  }

  /**
   * @param text as JSON has it
   * @param java what Java makes of it
   * @return that, if it is the same text
   */
  static Number of(String text, Number java) {
    return java.toString().equals(text) ? java : new NumberAsSent(text);
  }

  /**
   * What of MongoDB's types is next to it: a double, or where that has no such number a decimal.
   */
  Object nearest() {
    double number = doubleValue();
    if (Double.isInfinite(number) || text.chars().allMatch(Character::isDigit)) {
      try {
        return Decimal128.parse(text);
      } catch (NumberFormatException e) {
        // more digits than it has
      }
    }
    return Double.isInfinite(number) ? text : (Object) number;
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberAsSent number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
