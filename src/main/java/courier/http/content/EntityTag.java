package courier.http.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What tells one state of a resource from another (RFC 9110, 8.8.3), without its quotes. */
final class EntityTag {
  private static final int BYTES = 8;

  private EntityTag() {}

  static String of(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether a client has it already, whatever its form.
   *
   * @param ifNoneMatch the header, or null
   */
  static boolean isAmong(String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Stream.of(ifNoneMatch.split(","))
            .map(each -> each.strip().replaceFirst("^W/", ""))
            .anyMatch(each -> each.equals("*") || each.equals('"' + tag + '"'));
  }
}
