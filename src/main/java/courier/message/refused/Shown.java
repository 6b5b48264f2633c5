package courier.message.refused;

/** What somebody else wrote, as far as it is shown in a sentence. */
public final class Shown {
  private static final int LONGEST = 100;

  private Shown() {}

  public static String of(Object value) {
    String text = String.valueOf(value);
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - (Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? 1 : 0);
    return "%s… (%d characters)".formatted(text.substring(0, end), text.length());
  }
}
