package courier.reload.version;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A route file as it was saved once.
 *
 * @param number from 1 on, of its file
 * @param time by RFC 3339, UTC
 * @param why it is not live; null if it is
 * @param text null when the file was deleted, or could not be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Version(int number, String time, Result result, String why, String text) {
  /** What came of it. */
  public enum Result {
    LIVE,
    REFUSED,
    TAKEN_BACK,
    DELETED
  }

  /** Whether it ran, and did what it should. */
  public boolean wasLive() {
    return result == Result.LIVE && text != null;
  }
}
