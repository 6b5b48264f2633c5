package courier.http.content;

import java.util.Locale;

/** What a client says about how an answer may be encoded (RFC 9110, 12.5.3). */
final class AcceptEncoding {
  private AcceptEncoding() {}

  /**
   * @param header null when it says nothing
   */
  static boolean takesGzip(String header) {
    boolean any = false;
    for (String each : header == null ? new String[0] : header.split(",")) {
      String[] parts = each.toLowerCase(Locale.ROOT).split(";", -1);
      String coding = parts[0].strip();
      boolean takes = parts.length < 2 || !parts[1].strip().matches("q=0(\\.0*)?");
      if (coding.equals(Gzip.NAME) || coding.equals("x-gzip")) {
        return takes;
      }
      any |= takes && coding.equals("*");
    }
    return any;
  }
}
