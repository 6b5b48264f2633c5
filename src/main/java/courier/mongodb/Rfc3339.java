package courier.mongodb;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** RFC 3339 in UTC, with milliseconds always: {@code 2026-11-22T09:30:00.000Z}. */
public final class Rfc3339 {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Rfc3339() {}

  /** Others can neither be said nor, some of them, be stored. */
  public static boolean hasYearOfFourDigits(Instant time) {
    return !time.isBefore(FIRST) && !time.isAfter(LAST);
  }

  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
